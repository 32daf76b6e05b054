//! Named schemas for pages.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;

use super::json::{Object, object};
use super::located::Located;
use super::schemas;
use crate::api::model::{Api, LastPage, NextPage, Operation, Page, Resource, Returns, Type};

/// The distinct pages of an API and the names of their schemas, in the order of the operations that return them.
pub struct Pages<'a>(IndexMap<&'a Page, String>);

impl<'a> Pages<'a> {
    /// Names each page. Skips names that the schema of a type or another page already has.
    pub fn new(api: &'a Api, types: &Object) -> Self {
        let mut pages: IndexMap<&Page, String> = IndexMap::new();
        for resource in &api.resources {
            for operation in &resource.operations {
                let Returns::Page(page) = &operation.returns else {
                    continue;
                };
                if pages.contains_key(page) {
                    continue;
                }
                let is_free = |name: &String| !types.contains(name) && pages.values().all(|other| other != name);
                let name = candidates(item(api, page), resource, operation).find(is_free);
                pages.extend(name.map(|name| (page, name)));
            }
        }
        Self(pages)
    }

    /// Returns the name of a page's schema.
    pub fn name(&self, page: &Page) -> &str {
        &self.0[page]
    }

    pub fn schemas(&self, api: &Api) -> impl Iterator<Item = (&str, Object)> {
        self.0.iter().map(|(page, name)| (name.as_str(), schema(api, page)))
    }
}

/// Returns the name of the item type of a page, if it is a named type.
fn item<'a>(api: &'a Api, page: &Page) -> Option<&'a str> {
    match page.item {
        Type::Named(id) => Some(&api[id].name),
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => None,
    }
}

/// Returns possible names in order of preference: one based on the item, one based on the operation, then numbered ones.
fn candidates(item: Option<&str>, resource: &Resource, operation: &Operation) -> impl Iterator<Item = String> + use<> {
    let [resource, operation] = [&resource.name, &operation.name].map(|name| name.to_upper_camel_case());
    let by_item = item.map(|item| format!("{item}Page"));
    let by_operation = format!("{resource}{operation}Page");
    let numbered = (2..).map({
        let name = by_operation.clone();
        move |number: u64| format!("{name}{number}")
    });
    by_item.into_iter().chain([by_operation]).chain(numbered)
}

fn schema(api: &Api, Page { item, items, paging }: &Page) -> Object {
    let item = schemas::of_type(api, item);
    if items.is_empty() {
        return object! { "type": "array", "description": "A page of results.", "items": item };
    }
    let mut body = Located::default();
    let results = if paging.rejects_null {
        object! { "type": "array", "items": item }
    } else {
        object! { "type": ["array", "null"], "items": item }
    };
    body.insert(items, results);
    let mut description = "A page of results.".to_owned();
    if let Some((_, location)) = paging.next.location() {
        let (schema, last) = next(&paging.next);
        body.insert(location, schema);
        description = format!("A page of results. `{location}` {last}.");
    }
    body.extend(object! { "type": "object", "description": description })
}

/// Returns the schema of the value that determines whether there is another page, and its meaning.
fn next(next: &NextPage) -> (Object, &'static str) {
    let on_last_page = "is null on the last page";
    match next {
        NextPage::None | NextPage::Link(_) | NextPage::Uri(_) => (object! { "type": ["string", "null"] }, on_last_page),
        NextPage::Cursor { .. } => (object! { "type": ["string", "integer", "null"] }, on_last_page),
        NextPage::Page { end, .. } | NextPage::Offset { end, .. } | NextPage::LastItem { end, .. } => match end {
            LastPage::Empty | LastPage::Next(_) => (object! { "type": ["integer", "null"] }, on_last_page),
            LastPage::More(_) => (object! { "type": "boolean" }, "is true if there is another page"),
            LastPage::Pages(_) => (object! { "type": "integer" }, "is the number of pages"),
            LastPage::Total(_) => (object! { "type": "integer" }, "is the number of items in the list"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    const API: &str = r#"
name: test
version: "1"
crate: test
base_url: https://api.example.com
auth: bearer
key_variable: KEY
paging: { next_uri: next }
"#;

    /// Returns the page names of a resource `things` with these operations and types.
    fn names(operations: &[(&str, &str)], types: &[&str]) -> Vec<String> {
        let operations = operations.iter().map(|(name, returns)| {
            format!("  {name}: {{ http: \"GET /things/{name}\", returns: {returns}, doc: \"Lists.\" }}\n")
        });
        let types = types.iter().map(|name| {
            format!("  {name}: {{ doc: \"A type.\", fields: {{ a: {{ type: string, doc: \"A.\" }} }} }}\n")
        });
        let resource = format!(
            "resource: things\ndoc: \"Things.\"\noperations:\n{}types:\n{}",
            operations.collect::<String>(),
            types.collect::<String>()
        );
        let source = |name: &str, text: &str| Source {
            path: name.to_owned(),
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let sources = [source("api.yaml", API), source("resources/things.yaml", &resource)];
        let checked = crate::analyze(&sources).expect("the schema is valid");
        let pages = Pages::new(&checked.api, &schemas::of_types(&checked));
        pages.0.into_values().collect()
    }

    #[test]
    fn operations_that_return_the_same_page_share_its_name() {
        let operations = [("list", "page<Thing>"), ("recent", "page<Thing>")];
        assert_eq!(names(&operations, &["Thing"]), ["ThingPage"]);
    }

    #[test]
    fn pages_with_different_keys_are_distinct() {
        let operations = [("list", "page<Thing>"), ("old", "page<Thing>, items: old_things")];
        assert_eq!(names(&operations, &["Thing"]), ["ThingPage", "ThingsOldPage"]);
    }

    #[test]
    fn pages_of_unnamed_types_are_named_after_the_operation() {
        assert_eq!(
            names(&[("tags", "page<string>"), ("get", "Thing")], &["Thing"]),
            ["ThingsTagsPage"]
        );
    }

    #[test]
    fn page_names_do_not_collide_with_types() {
        let list = ("list", "page<Thing>");
        let operations = [list, ("get", "ThingPage"), ("first", "ThingsListPage")];
        assert_eq!(names(&operations[..2], &["Thing", "ThingPage"]), ["ThingsListPage"]);
        assert_eq!(
            names(&operations, &["Thing", "ThingPage", "ThingsListPage"]),
            ["ThingsListPage2"]
        );
    }
}
