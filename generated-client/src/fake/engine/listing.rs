//! Operations that list objects in pages.

use serde_json::{Map, Value};

use super::target::PathTarget;
use super::{Engine, RoutedRequest};
use crate::fake::filter::Filter;
use crate::fake::rejection::Rejection;
use crate::fake::store::{Order, list};
use crate::fake::table::{CollectionId, Fields, Rules, fill};
use crate::runtime::{NextPage, append_query};

/// The number of items in a page if neither the request nor the API sets a limit.
const DEFAULT_LIMIT: usize = 100;

/// The query of a list request.
struct ListQuery<'a> {
    collection: CollectionId,
    parent: Option<Order>,
    /// The maximum number of items; `None` if the list is not paged.
    limit: Option<usize>,
    before: Option<Order>,
    filter: Option<&'a str>,
    /// The query parameters that are named after fields, each with the accepted values of its field.
    fields: Vec<(&'a str, Vec<&'a str>)>,
}

impl Engine {
    /// Returns a page of a list, newest objects first.
    pub(super) fn list(&self, request: &RoutedRequest<'_>, target: &PathTarget) -> Result<Value, Rejection> {
        let query = self.list_query(request, target)?;
        let filter = match query.filter {
            Some(text) => Some(Filter::new(self.item(target.collection)?, text, request.now)?),
            None => None,
        };
        Ok(self.page(request, &query, filter.as_ref()))
    }

    /// Parses the query of a request.
    fn list_query<'a>(&self, request: &'a RoutedRequest<'_>, target: &PathTarget) -> Result<ListQuery<'a>, Rejection> {
        let rules = &self.index.rules;
        let known = |name: &&str| request.route.query.contains(name);
        let value = |name: Option<&str>| {
            let mut pairs = request.query.iter();
            pairs
                .find(|(key, _)| Some(key.as_str()) == name)
                .map(|(_, value)| value.as_str())
        };
        let start = match request.route.info.paging.map(|paging| paging.next) {
            Some(NextPage::Cursor { query, .. }) => Some(query),
            Some(NextPage::Uri(_)) | None => rules.before.filter(known),
        };
        let before = match value(start) {
            Some(key) => Some(self.place(target, key)?),
            None => None,
        };
        let limit = match rules.limit.filter(known) {
            Some(name) => Some(match value(Some(name)) {
                Some(text) => parse_limit(text, rules)?,
                None => max_limit(rules).unwrap_or(DEFAULT_LIMIT),
            }),
            // A list without pages contains all objects.
            None => start.map(|_| max_limit(rules).unwrap_or(DEFAULT_LIMIT)),
        };
        Ok(ListQuery {
            collection: target.collection,
            parent: target.parent,
            limit,
            before,
            filter: value(rules.filter.filter(known)).filter(|filter| !filter.trim().is_empty()),
            fields: field_queries(request, rules, self.index.item(target.collection).unwrap_or_default()),
        })
    }

    /// Returns the position of the object with this key, which may have been deleted.
    fn place(&self, target: &PathTarget, key: &str) -> Result<Order, Rejection> {
        let scope = self.store.scope(target.collection, target.parent);
        let found = self.canonical_key(target.collection, key);
        let place = self.store.place(target.collection, scope, &found);
        let missing = || format!("cannot start a page after `{key}`: unknown object");
        place.ok_or_else(|| Rejection::bad_request(missing()))
    }

    fn page(&self, request: &RoutedRequest<'_>, query: &ListQuery<'_>, filter: Option<&Filter>) -> Value {
        // A list below an object contains its children, or all objects if they do not belong to it.
        let parent = query.parent.filter(|_| self.belongs(request, query.collection));
        let objects = self.store.newest(query.collection, parent, query.before);
        let shown = objects.filter_map(|(order, object)| {
            let show = || self.store.show(query.collection, order);
            let is_wanted = query.fields.iter().all(|(name, values)| {
                let found = object.value.get(*name).and_then(Value::as_str).unwrap_or_default();
                values.contains(&found)
            });
            let is_taken = match filter {
                Some(filter) if filter.asks_for_children() => filter.takes(&show()?),
                Some(filter) => filter.takes(&object.value),
                None => true,
            };
            // Only the listed objects are copied.
            let chosen = is_wanted && is_taken;
            chosen
                .then(|| Some((object.key.as_str(), Value::Object(show()?))))
                .flatten()
        });
        // One item more than requested shows that there is another page.
        let limit = query.limit.unwrap_or(usize::MAX);
        let mut found: Vec<_> = shown.take(limit.saturating_add(1)).collect();
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().map(|(key, _)| *key).filter(|_| more);
        let mut page = Map::new();
        self.insert_links(request, last, &mut page);
        let items = found.into_iter().map(|(_, value)| value).collect();
        page.insert(
            request.route.info.paging.map_or("", |paging| paging.items).to_owned(),
            list(items),
        );
        Value::Object(page)
    }

    /// Returns `true` if the listed objects belong to the object at the start of the path.
    fn belongs(&self, request: &RoutedRequest<'_>, listed: CollectionId) -> bool {
        let parent = self.index.collection(listed).parent;
        parent.is_some() && parent == request.route.below
    }

    /// Adds the URI of the page, and the URI or the cursor of the next one.
    fn insert_links(&self, request: &RoutedRequest<'_>, last: Option<&str>, page: &mut Map<String, Value>) {
        let Some(paging) = request.route.info.paging else {
            return;
        };
        let here = fill(&self.base_url, request.route.info.path, request.parameters);
        if let Some(uri) = self.index.rules.uri {
            page.insert(uri.to_owned(), here.clone().into());
        }
        match paging.next {
            NextPage::Uri(field) => {
                let before = self.index.rules.before;
                if let Some(before) = before.filter(|name| request.route.query.contains(name)) {
                    let next = last.map(|last| next_uri(&here, request, before, last));
                    page.insert(field.to_owned(), next.into());
                }
            }
            NextPage::Cursor { field, .. } => {
                page.insert(field.to_owned(), last.map(str::to_owned).into());
            }
        }
    }
}

/// Returns the query parameters that are named after a field, with their values.
fn field_queries<'a>(request: &'a RoutedRequest<'_>, rules: &Rules, item: Fields) -> Vec<(&'a str, Vec<&'a str>)> {
    let special = [rules.limit, rules.before, rules.filter];
    let names = request.route.query.iter().copied();
    let names = names.filter(|name| !special.contains(&Some(name)) && item.iter().any(|field| field.name == *name));
    let queries = names.map(|name| {
        let pairs = request.query.iter().filter(|(key, _)| key == name);
        (name, pairs.map(|(_, value)| value.as_str()).collect::<Vec<_>>())
    });
    queries.filter(|(_, values)| !values.is_empty()).collect()
}

fn max_limit(rules: &Rules) -> Option<usize> {
    rules.most.and_then(|most| usize::try_from(most).ok())
}

fn parse_limit(text: &str, rules: &Rules) -> Result<usize, Rejection> {
    let most = max_limit(rules).unwrap_or(usize::MAX);
    match text.parse() {
        Ok(limit) if (1..=most).contains(&limit) && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(limit),
        _ => {
            let name = rules.limit.unwrap_or_default();
            Err(Rejection::bad_request(match rules.most {
                Some(most) => format!("`{name}` must be an integer from 1 to {most}"),
                None => format!("`{name}` must be a positive integer"),
            }))
        }
    }
}

/// Returns the URI of the page after an object, with the other query parameters of the request.
fn next_uri(here: &str, request: &RoutedRequest<'_>, before: &str, last: &str) -> String {
    let mut query = String::new();
    append_query(&mut query, before, &last);
    for (name, value) in request.query.iter().filter(|(name, _)| name != before) {
        append_query(&mut query, name, value);
    }
    format!("{here}?{query}")
}
