//! Operations that list objects in pages.

use std::borrow::Cow;

use serde_json::Value;

use super::page::{Found, Page, counts};
use super::target::PathTarget;
use super::{Engine, RoutedRequest};
use crate::fake::rejection::Rejection;
use crate::fake::store::{Object, Order};
use crate::fake::table::rules::{Condition, ParseFilter};
use crate::fake::table::{CollectionId, Fields, PageSize, Rules};
use crate::runtime::NextPage;

/// The number of items in a page if neither the request nor the API sets a limit.
const DEFAULT_LIMIT: usize = 100;

/// The query parameter for the object that a page starts after, if the API links to the next page and the schema names no
/// parameter.
const AFTER: &str = "after";

/// The query of a list request.
struct ListQuery<'a> {
    collection: CollectionId,
    parent: Option<Order>,
    /// The maximum number of items; `None` if the list is not paged.
    limit: Option<usize>,
    start: Start,
    filter: Option<(ParseFilter, &'a str)>,
    /// The query parameters that are named after fields, each with the accepted values of its field.
    fields: Vec<(&'a str, Vec<&'a str>)>,
}

/// The start of a page in its list.
#[derive(Clone, Copy)]
enum Start {
    /// After this object.
    After(Order),
    /// After this number of objects.
    Skip(usize),
}

impl Engine {
    /// Returns a page of a list.
    pub(super) fn list(&self, request: &RoutedRequest<'_>, target: &PathTarget) -> Result<Page, Rejection> {
        let query = self.list_query(request, target)?;
        let filter = match query.filter {
            Some((parse, text)) => {
                Some(parse(self.item(target.collection), text, request.now).map_err(Rejection::invalid)?)
            }
            None => None,
        };
        let found = self.find_page(request, &query, filter.as_deref());
        Ok(self.page(request, found))
    }

    /// Parses the query of a request.
    fn list_query<'a>(&self, request: &'a RoutedRequest<'_>, target: &PathTarget) -> Result<ListQuery<'a>, Rejection> {
        let rules = &self.index.rules;
        let known = |name: &&str| request.route.query.contains(name);
        let size = request.route.size.unwrap_or(rules.size);
        let limit = match size.query.filter(known) {
            Some(name) => Some(match request.parameter(name) {
                Some(text) => size.parse(name, text)?,
                None => size.default(),
            }),
            // A list without pages contains all objects.
            None => self.start_parameter(request).map(|_| size.default()),
        };
        let filter = rules.filter.filter(|filter| known(&filter.parameter));
        let filter = filter.and_then(|filter| Some((filter.parse, request.parameter(filter.parameter)?)));
        Ok(ListQuery {
            collection: target.collection,
            parent: target.parent,
            limit,
            start: self.start(request, target, limit)?,
            filter: filter.filter(|(_, text)| !text.trim().is_empty()),
            fields: field_queries(request, rules, self.index.item(target.collection).unwrap_or_default()),
        })
    }

    /// Returns the query parameter that determines the start of a page.
    pub(super) fn start_parameter(&self, request: &RoutedRequest<'_>) -> Option<&'static str> {
        let rules = &self.index.rules;
        match request.route.info.paging?.next {
            NextPage::None => None,
            NextPage::Uri(_) | NextPage::Link(_) => match rules.before {
                Some(before) => Some(before).filter(|name| request.route.query.contains(name)),
                None => Some(AFTER),
            },
            next => next.query(),
        }
    }

    fn start(
        &self,
        request: &RoutedRequest<'_>,
        target: &PathTarget,
        limit: Option<usize>,
    ) -> Result<Start, Rejection> {
        let name = self.start_parameter(request);
        let Some((name, value)) = name.and_then(|name| Some((name, request.parameter(name)?))) else {
            return Ok(Start::Skip(0));
        };
        let number = || {
            let problem = || Rejection::invalid(format!("`{name}` must be a number"));
            value.parse::<usize>().map_err(|_| problem())
        };
        match request.route.info.paging.map(|paging| paging.next) {
            Some(NextPage::Page { first, .. }) => {
                let first = usize::try_from(first).unwrap_or_default();
                let pages = number()?.checked_sub(first);
                let pages = pages.ok_or_else(|| Rejection::invalid(format!("`{name}` starts at {first}")))?;
                Ok(Start::Skip(pages.saturating_mul(limit.unwrap_or(DEFAULT_LIMIT))))
            }
            Some(NextPage::Offset { .. }) => number().map(Start::Skip),
            Some(
                NextPage::None
                | NextPage::Uri(_)
                | NextPage::Link(_)
                | NextPage::Cursor { .. }
                | NextPage::LastItem { .. },
            )
            | None => self.place(target, value).map(Start::After),
        }
    }

    /// Returns `true` if a request asks for the start of a list.
    pub(super) fn is_first_page(&self, request: &RoutedRequest<'_>) -> bool {
        let Some(value) = self.start_parameter(request).and_then(|name| request.parameter(name)) else {
            return true;
        };
        match request.route.info.paging.map(|paging| paging.next) {
            Some(NextPage::Page { first, .. }) => value == first.to_string(),
            Some(NextPage::Offset { .. }) => value == "0",
            Some(
                NextPage::None
                | NextPage::Uri(_)
                | NextPage::Link(_)
                | NextPage::Cursor { .. }
                | NextPage::LastItem { .. },
            )
            | None => false,
        }
    }

    /// Returns the position of the object with this key, which may have been deleted.
    fn place(&self, target: &PathTarget, key: &str) -> Result<Order, Rejection> {
        let found = self.canonical_key(target.collection, key);
        let place = match target.parent {
            Some(parent) => {
                let scope = self.store.scope(target.collection, Some(parent));
                self.store.place(target.collection, scope, &found)
            }
            None => self.store.place_in_any_scope(target.collection, &found),
        };
        let missing = || format!("cannot start a page after `{key}`: unknown object");
        place.ok_or_else(|| Rejection::invalid(missing()))
    }

    fn find_page(&self, request: &RoutedRequest<'_>, query: &ListQuery<'_>, filter: Option<&dyn Condition>) -> Found {
        // A list below an object contains its children, or all objects if they do not belong to it.
        let parent = query.parent.filter(|_| self.belongs(request, query.collection));
        let (after, skip) = match query.start {
            Start::After(order) => (Some(order), 0),
            Start::Skip(number) => (None, number),
        };
        let matching = |after| {
            let listed = self.store.listed(query.collection, parent, after);
            listed.filter(|(order, object)| self.is_listed(query, filter, *order, object))
        };
        // Only the listed objects are copied. One more than requested shows that there is another page.
        let limit = query.limit.unwrap_or(usize::MAX);
        let mut rest = matching(after).skip(skip);
        let page: Vec<_> = rest.by_ref().take(limit).collect();
        let items = page.iter();
        let items = items.filter_map(|(order, _)| self.store.show(query.collection, *order).map(Value::Object));
        Found {
            items: items.collect(),
            last: page.last().map(|(_, object)| object.key.clone()),
            total: if counts(request) { matching(None).count() } else { 0 },
            more: rest.next().is_some(),
            skipped: skip,
            limit: query.limit.unwrap_or(DEFAULT_LIMIT),
        }
    }

    /// Returns `true` if an object matches the query and the filter of a request.
    fn is_listed(&self, query: &ListQuery<'_>, filter: Option<&dyn Condition>, order: Order, object: &Object) -> bool {
        let is_wanted = query.fields.iter().all(|(name, values)| {
            let found = object.value.get(*name).map(in_query).unwrap_or_default();
            values.contains(&&*found)
        });
        is_wanted
            && match filter {
                Some(filter) if filter.asks_for_children() => {
                    let shown = self.store.show(query.collection, order);
                    shown.is_some_and(|shown| filter.takes(&shown))
                }
                Some(filter) => filter.takes(&object.value),
                None => true,
            }
    }

    /// Returns `true` if the listed objects belong to the object at the start of the path.
    fn belongs(&self, request: &RoutedRequest<'_>, listed: CollectionId) -> bool {
        let parent = self.index.collection(listed).parent;
        parent.is_some() && parent == request.route.below
    }
}

/// Returns a value as a query contains it. Values that a query cannot contain are empty.
fn in_query(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(value) => value.to_string().into(),
        Value::Null | Value::Array(_) | Value::Object(_) => "".into(),
    }
}

/// Returns the query parameters that are named after a field, with their values.
fn field_queries<'a>(request: &'a RoutedRequest<'_>, rules: &Rules, item: Fields) -> Vec<(&'a str, Vec<&'a str>)> {
    let size = request.route.size.unwrap_or(rules.size);
    let special = [size.query, rules.before, rules.filter.map(|filter| filter.parameter)];
    let names = request.route.query.iter().copied();
    let names = names.filter(|name| !special.contains(&Some(name)) && item.iter().any(|field| field.name == *name));
    let queries = names.map(|name| {
        let pairs = request.query.iter().filter(|(key, _)| key == name);
        (name, pairs.map(|(_, value)| value.as_str()).collect::<Vec<_>>())
    });
    queries.filter(|(_, values)| !values.is_empty()).collect()
}

impl PageSize {
    fn default(self) -> usize {
        self.max().unwrap_or(DEFAULT_LIMIT)
    }

    fn max(self) -> Option<usize> {
        self.max.and_then(|max| usize::try_from(max).ok())
    }

    /// Parses the value of the query parameter `name`.
    fn parse(self, name: &str, text: &str) -> Result<usize, Rejection> {
        let max = self.max().unwrap_or(usize::MAX);
        match text.parse() {
            Ok(limit) if (1..=max).contains(&limit) && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(limit),
            _ => Err(Rejection::invalid(match self.max {
                Some(max) => format!("`{name}` must be an integer from 1 to {max}"),
                None => format!("`{name}` must be a positive integer"),
            })),
        }
    }
}
