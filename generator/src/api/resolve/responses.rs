//! Resolves the responses of operations.

use super::paging;
use super::resolver::Resolver;
use crate::api::model::{Failed, Method, NextPage, Page, PageSize, Paging, Returns, StatusResult};
use crate::syntax::{
    Diagnostic, ErrorFields, FailedCondition, Literal, MissingFields, OperationDefinition, OperationPaging, OrderedMap,
    Place, ReturnsExpr, TypeExpr,
};

impl Resolver<'_> {
    pub fn returns(&mut self, place: &Place, definition: &OperationDefinition, resource: &str) -> Option<Returns> {
        let at = place.value("returns");
        if !matches!(definition.returns, Some(ReturnsExpr::Type(TypeExpr::Page(_)))) {
            self.check_returns_no_page(place, definition);
        }
        if definition.http.method == Method::Head {
            if definition.returns.is_some() {
                self.errors.push(
                    Diagnostic::new(at, "the response to a HEAD request has no body")
                        .related(place.value("http"), "the request")
                        .note("the method returns the response headers")
                        .help("remove `returns`, or use GET"),
                );
            }
            return Some(Returns::Headers);
        }
        match &definition.returns {
            None => Some(Returns::Nothing),
            Some(ReturnsExpr::Type(TypeExpr::Page(item))) => {
                let item = self.value_type(&at, item);
                let paging = self.paging_of_page(place, definition)?;
                let of_api = self.paging.as_ref().and_then(|paging| paging.items.as_ref());
                let items = definition.items.as_ref().or(paging.items.as_ref()).or(of_api);
                Some(Returns::Page(Page {
                    item: item?,
                    items: items.map_or_else(|| resource.to_owned(), String::clone),
                    paging,
                }))
            }
            Some(ReturnsExpr::Type(other)) => self.value_type(&at, other).map(Returns::Value),
            Some(ReturnsExpr::ByStatus(types)) => self.by_status(place, definition, types),
        }
    }

    /// Resolves the types of an operation that returns one of several, selected by the status.
    fn by_status(
        &mut self,
        place: &Place,
        definition: &OperationDefinition,
        types: &OrderedMap<TypeExpr>,
    ) -> Option<Returns> {
        if definition.status.is_some() {
            self.errors.push(
                Diagnostic::new(
                    place.entry("status"),
                    "`status` is not allowed with `returns` by status",
                )
                .related(place.entry("returns"), "the statuses are the keys of `returns`")
                .help("remove `status`"),
            );
        }
        let mut results = Vec::new();
        for (key, expression) in types.iter() {
            let at = place.value("returns");
            if let TypeExpr::Page(_) = expression {
                let page = at.value(key).word("page");
                let error = Diagnostic::new(page, "a page cannot depend on the status");
                self.errors.push(error.help("write `returns: page<T>`"));
                continue;
            }
            let ty = if expression.is_nothing() {
                Some(None)
            } else {
                self.value_type(&at.value(key), expression).map(Some)
            };
            let place = at.entry(key);
            if let Ok(status) = key.parse() {
                results.push(ty.map(|ty| StatusResult { status, ty, place }));
            } else {
                let error = Diagnostic::new(place, format!("`{key}` is not an HTTP status"));
                self.errors.push(error.help("write a status such as `200`"));
            }
        }
        results.into_iter().collect::<Option<_>>().map(Returns::ByStatus)
    }

    /// Reports keys that are only allowed for pages.
    fn check_returns_no_page(&mut self, place: &Place, definition: &OperationDefinition) {
        if let Some(items) = &definition.items {
            self.errors.push(
                Diagnostic::new(
                    place.value("items"),
                    format!("`items: {items}` is only allowed with `returns: page<T>`"),
                )
                .note("`items` is the location of the items in a page")
                .help("return `page<T>`, or remove `items`"),
            );
        }
        if definition.paging.is_some() {
            self.errors.push(
                Diagnostic::new(
                    place.entry("paging"),
                    "`paging` is only allowed with `returns: page<T>`",
                )
                .help("return `page<T>`, or remove `paging`"),
            );
        }
    }

    fn paging_of_page(&mut self, place: &Place, definition: &OperationDefinition) -> Option<Paging> {
        match &definition.paging {
            Some(OperationPaging::Own(written)) => {
                paging::paging(&place.value("paging"), written, self.missing_fields, &mut self.errors)
            }
            Some(OperationPaging::None) => Some(Paging {
                next: NextPage::None,
                size: PageSize::default(),
                items: None,
                may_omit_items: false,
                rejects_null: self.missing_fields == MissingFields::Error,
                may_omit_next: false,
            }),
            None => {
                if !self.declares_paging {
                    let page = place.value("returns").word("page");
                    self.errors.push(
                        Diagnostic::new(page, "`page<T>` requires `paging`")
                            .note("`paging` defines how a page links to the next one")
                            .help(
                                "add `paging` to `api.yaml` or to the operation, or return a type that contains a list",
                            ),
                    );
                }
                self.paging.clone()
            }
        }
    }

    /// Returns the location of the value in the response of an operation, if it is wrapped in an object.
    pub fn response_key(
        &mut self,
        place: &Place,
        definition: &OperationDefinition,
        returns: &Returns,
    ) -> Option<String> {
        let own = definition.response_key.as_deref();
        match returns {
            Returns::Value(_) | Returns::ByStatus(_) => {
                let key = own.or(self.response_key);
                key.filter(|key| !key.is_empty()).map(str::to_owned)
            }
            Returns::Page(_) | Returns::Headers | Returns::Nothing => {
                if own.is_some() {
                    self.errors.push(
                        Diagnostic::new(
                            place.entry("response_key"),
                            "`response_key` is only allowed with `returns: T`",
                        )
                        .note("it is the location of the value in the response, and does not apply to pages")
                        .help("use `items` for the location of the items in a page, or remove `response_key`"),
                    );
                }
                None
            }
        }
    }

    /// Resolves `failed` in the errors of the API.
    pub fn failed(&mut self, errors: &ErrorFields) -> Option<Failed> {
        let FailedCondition { at, is, present } = errors.failed.as_ref()?;
        let at = at.clone();
        match (is, present) {
            (None, Some(true)) => Some(Failed::Present(at)),
            (Some(Literal::Boolean(value)), None) => Some(Failed::Boolean(at, *value)),
            (Some(Literal::Integer(value)), None) => Some(Failed::Integer(at, *value)),
            (Some(Literal::Text(value)), None) => Some(Failed::Text(at, value.clone())),
            (Some(_), None) => {
                let place = self.api.value("errors").value("failed").value("is");
                self.errors.push(
                    Diagnostic::new(place, "`is` must be a boolean, an integer or a string")
                        .help("write `present: true` if any value means that the request failed"),
                );
                None
            }
            (None, _) | (Some(_), Some(_)) => {
                let place = self.api.value("errors").entry("failed");
                self.errors.push(
                    Diagnostic::new(place, "`failed` must have either `is` or `present: true`")
                        .help("write `{ at: /ok, is: false }` or `{ at: /error, present: true }`"),
                );
                None
            }
        }
    }
}
