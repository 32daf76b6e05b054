//! The table, looked up by name and by path.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;

use super::table::{Action, Collection, Route, Shape, Table};
use crate::generated::TABLE;
use crate::runtime::{Method, escape};

/// The number of a collection.
pub(crate) type CollectionId = usize;

/// The table of the API, with what leads to its rows.
pub(crate) struct Index {
    pub(crate) table: Table,
    shapes: HashMap<&'static str, &'static Shape>,
    collections: HashMap<&'static str, CollectionId>,
    /// The routes by how many segments their paths have.
    routes: HashMap<usize, Vec<&'static Route>>,
    /// For each collection those whose objects belong to its objects.
    children: Vec<Vec<CollectionId>>,
}

/// What a request asks for.
pub(crate) struct Found {
    pub(crate) route: &'static Route,
    /// The values of the path's parameters, in turn.
    pub(crate) parameters: Vec<String>,
}

/// Why a request asks for nothing that there is.
pub(crate) enum Missing {
    Path,
    /// The path takes these methods only.
    Method(BTreeSet<&'static str>),
}

impl Index {
    /// The index of the API's own table.
    pub(crate) fn get() -> &'static Self {
        static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(TABLE));
        &INDEX
    }

    fn new(table: Table) -> Self {
        let collections: HashMap<_, _> = table
            .collections
            .iter()
            .enumerate()
            .map(|(id, collection)| (collection.name, id))
            .collect();
        let mut routes: HashMap<usize, Vec<&'static Route>> = HashMap::new();
        for route in table.routes {
            routes.entry(segments(route.spec.path).count()).or_default().push(route);
        }
        let belongs = |id: CollectionId| {
            let of = move |child: &&Collection| child.parent == Some(table.collections[id].name);
            table
                .collections
                .iter()
                .filter(of)
                .map(|child| collections[child.name])
                .collect()
        };
        // A path that is spelled out goes before one with a parameter in its place.
        for routes in routes.values_mut() {
            routes.sort_by_key(|route| parameter_names(route.spec.path).count());
        }
        Self {
            table,
            shapes: table.shapes.iter().map(|shape| (shape.name, shape)).collect(),
            routes,
            children: (0..table.collections.len()).map(belongs).collect(),
            collections,
        }
    }

    pub(crate) fn shape(&self, name: &str) -> Option<&'static Shape> {
        self.shapes.get(name).copied()
    }

    pub(crate) fn id(&self, collection: &str) -> Option<CollectionId> {
        self.collections.get(collection).copied()
    }

    pub(crate) fn collection(&self, id: CollectionId) -> &'static Collection {
        &self.table.collections[id]
    }

    /// The shape of a collection's objects.
    pub(crate) fn item(&self, id: CollectionId) -> Option<&'static Shape> {
        self.shape(self.collection(id).item?)
    }

    /// The collections whose objects belong to the objects of this one.
    pub(crate) fn children(&self, id: CollectionId) -> &[CollectionId] {
        &self.children[id]
    }

    /// The collection of the objects with whose paths those of this one begin.
    pub(crate) fn holder(&self, id: CollectionId) -> Option<CollectionId> {
        let row = self.collection(id);
        self.id(row.parent.filter(|_| row.nested)?)
    }

    /// The operation that creates objects of a collection.
    pub(crate) fn creates(&self, collection: &str) -> Option<&'static Route> {
        let creates = |route: &&Route| matches!(route.action, Action::Create) && route.collection == collection;
        self.table.routes.iter().find(creates)
    }

    /// The operation that a request calls, by its path below the base URL.
    pub(crate) fn find(&self, method: &http::Method, path: &str) -> Result<Found, Missing> {
        if !path.starts_with('/') {
            return Err(Missing::Path);
        }
        let asked: Vec<_> = segments(path).collect();
        let routes = self.routes.get(&asked.len()).into_iter().flatten();
        let mut matching: Vec<_> = routes.filter(|route| matches(route.spec.path, &asked)).collect();
        let Some(first) = matching.first() else {
            return Err(Missing::Path);
        };
        let fewest = parameter_names(first.spec.path).count();
        matching.retain(|route| parameter_names(route.spec.path).count() == fewest);
        let route = matching
            .iter()
            .find(|route| http::Method::from(route.spec.method) == method);
        match route {
            Some(route) => Ok(Found {
                route,
                parameters: parameters(route.spec.path, &asked),
            }),
            None => Err(Missing::Method(
                matching.iter().map(|route| method_name(route.spec.method)).collect(),
            )),
        }
    }
}

fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// The names of a path's parameters, in turn.
pub(crate) fn parameter_names(path: &'static str) -> impl DoubleEndedIterator<Item = &'static str> {
    let names = |segment: &'static str| segment.strip_prefix('{')?.strip_suffix('}');
    path.split('/').filter_map(names)
}

/// The URI of a path below a base URL, with these values for its parameters.
pub(crate) fn fill<'a>(base_url: &str, path: &str, values: impl IntoIterator<Item = &'a String>) -> String {
    let mut uri = base_url.to_owned();
    let mut values = values.into_iter();
    for segment in segments(path) {
        uri.push('/');
        if is_parameter(segment) {
            escape(&mut uri, values.next().map_or("", String::as_str));
        } else {
            uri.push_str(segment);
        }
    }
    uri
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

fn matches(template: &'static str, asked: &[&str]) -> bool {
    let mut both = segments(template).zip(asked);
    both.all(|(expected, asked)| {
        if is_parameter(expected) {
            !asked.is_empty()
        } else {
            expected == *asked
        }
    })
}

fn parameters(template: &'static str, asked: &[&str]) -> Vec<String> {
    segments(template)
        .zip(asked)
        .filter(|(expected, _)| is_parameter(expected))
        .map(|(_, asked)| percent_decode_str(asked).decode_utf8_lossy().into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::Rules;
    use super::*;
    use crate::runtime::Spec;

    const RULES: Rules = Rules {
        limit: None,
        most: None,
        before: None,
        filter: None,
        status: None,
        codes: &[],
        operation_id: None,
    };

    const ROUTES: &[Route] = &[
        Route::new(&Spec::get("things.get", "/things/{id}"), Action::Get),
        Route::new(&Spec::delete("things.delete", "/things/{id}"), Action::Delete),
        Route::new(&Spec::get("things.mine", "/things/mine"), Action::List),
        Route::new(&Spec::put("parts.put", "/things/{id}/parts/{part}"), Action::Replace),
    ];

    fn find(method: &str, path: &str) -> Result<(&'static str, Vec<String>), Option<Vec<&'static str>>> {
        let index = Index::new(Table {
            rules: RULES,
            collections: &[],
            routes: ROUTES,
            shapes: &[],
        });
        let method = method.parse().expect("a method");
        match index.find(&method, path) {
            Ok(found) => Ok((found.route.spec.name, found.parameters)),
            Err(Missing::Path) => Err(None),
            Err(Missing::Method(allowed)) => Err(Some(allowed.into_iter().collect())),
        }
    }

    #[test]
    fn parameters_are_decoded_segments() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(find("GET", "/things/a%2Fb"), Ok(("things.get", texts(&["a/b"]))));
        assert_eq!(
            find("PUT", "/things/1/parts/%C3%A9"),
            Ok(("parts.put", texts(&["1", "é"])))
        );
    }

    #[test]
    fn a_path_that_is_spelled_out_goes_first() {
        assert_eq!(find("GET", "/things/mine"), Ok(("things.mine", Vec::new())));
        assert_eq!(find("DELETE", "/things/mine"), Err(Some(vec!["GET"])));
    }

    #[test]
    fn what_is_not_there_is_a_path_or_a_method() {
        assert_eq!(find("POST", "/things/1"), Err(Some(vec!["DELETE", "GET"])));
        for path in [
            "",
            "/",
            "/things",
            "/things/",
            "things/1",
            "//things/1",
            "/things/1/",
            "/things/1/parts",
        ] {
            assert_eq!(find("GET", path), Err(None), "{path}");
        }
    }

    #[test]
    fn a_path_is_filled_with_encoded_segments() {
        let values = ["a/b".to_owned(), "c".to_owned()];
        let uri = fill("https://h/v1", "/things/{id}/parts/{part}", &values);
        assert_eq!(uri, "https://h/v1/things/a%2Fb/parts/c");
    }
}
