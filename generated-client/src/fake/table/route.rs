//! The description of an operation's effect.

use super::field::ValueType;
use super::rules::PageSize;
use crate::runtime::OperationInfo;

/// An operation and its effect.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) info: &'static OperationInfo,
    pub(crate) action: Action,
    collection: Option<&'static str>,
    /// The field of an object that the operation accesses; `None` for the whole object.
    pub(crate) part: Option<&'static str>,
    /// For a list, for headers and for an unknown effect, the collection of the object at the start of the path. The path starts
    /// with the path of this object.
    pub(crate) below: Option<&'static str>,
    /// The type of the body, if it is not the fields of the objects.
    pub(crate) body: Option<ValueType>,
    /// The type of the response, or of the items in a page, if it does not follow from the effect.
    pub(crate) returns: Option<ValueType>,
    /// The names of the query parameters.
    pub(crate) query: &'static [&'static str],
    /// The size of pages, if it differs from other lists.
    pub(crate) size: Option<PageSize>,
    /// The status of a successful response.
    pub(crate) status: u16,
}

/// The effect of an operation on an object, or on a field of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Create,
    Get,
    List,
    Update,
    Replace,
    Delete,
    /// An effect outside the API, which the fake does not simulate.
    Act,
    /// No effect. The response has headers only.
    Head,
    /// An effect that does not follow from the schema. The fake responds with an example.
    Unknown,
}

impl Route {
    pub(crate) const fn create(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Create).status(201)
    }

    pub(crate) const fn get(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Get)
    }

    pub(crate) const fn list(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::List)
    }

    pub(crate) const fn update(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Update)
    }

    pub(crate) const fn replace(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Replace)
    }

    pub(crate) const fn delete(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Delete).status(204)
    }

    pub(crate) const fn act(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Act)
    }

    pub(crate) const fn head(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Head)
    }

    pub(crate) const fn unknown(info: &'static OperationInfo) -> Self {
        Self::new(info, Action::Unknown)
    }

    const fn new(info: &'static OperationInfo, action: Action) -> Self {
        Self {
            info,
            action,
            collection: None,
            part: None,
            below: None,
            body: None,
            returns: None,
            query: &[],
            size: None,
            status: 200,
        }
    }

    /// Sets the collection, if it is not the one in the operation's name.
    pub(crate) const fn on(mut self, collection: &'static str) -> Self {
        self.collection = Some(collection);
        self
    }

    pub(crate) const fn part(mut self, field: &'static str) -> Self {
        self.part = Some(field);
        self
    }

    pub(crate) const fn below(mut self, collection: &'static str) -> Self {
        self.below = Some(collection);
        self
    }

    pub(crate) const fn body(mut self, ty: ValueType) -> Self {
        self.body = Some(ty);
        self
    }

    pub(crate) const fn returns(mut self, ty: ValueType) -> Self {
        self.returns = Some(ty);
        self
    }

    pub(crate) const fn query(mut self, names: &'static [&'static str]) -> Self {
        self.query = names;
        self
    }

    pub(crate) const fn page_size(mut self, size: PageSize) -> Self {
        self.size = Some(size);
        self
    }

    pub(crate) const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Returns the name of the operation's resource.
    pub(crate) fn resource(&self) -> &'static str {
        self.info.name.split('.').next().unwrap_or_default()
    }

    /// Returns the name of the collection that the operation accesses, unless its resource is a part.
    pub(crate) fn collection(&self) -> &'static str {
        self.collection.unwrap_or_else(|| self.resource())
    }
}
