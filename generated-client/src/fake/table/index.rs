//! The index of an API's description by name and by path.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::collection::Collection;
use super::field::Fields;
use super::part::Part;
use super::path::{matches, parameter_names, parameters, segments};
use super::route::{Action, Route};
use super::rules::Rules;
use crate::runtime::{Api, Method};

/// The position of a collection in the description.
pub(crate) type CollectionId = usize;

/// The description of an API, indexed by name and by path.
pub(crate) struct Index {
    pub(crate) api: &'static Api,
    pub(crate) rules: Rules,
    collections: &'static [Collection],
    routes: &'static [Route],
    parts: HashMap<&'static str, &'static Part>,
    ids: HashMap<&'static str, CollectionId>,
    /// The routes, by the number of segments of their paths.
    routes_by_length: HashMap<usize, Vec<&'static Route>>,
    /// For each collection, the collections whose objects belong to its objects.
    children: Vec<Vec<CollectionId>>,
}

/// The operation of a request.
pub(crate) struct RouteMatch {
    pub(crate) route: &'static Route,
    /// The values of the path parameters, in order.
    pub(crate) parameters: Vec<String>,
}

/// The reason why no operation matches a request.
pub(crate) enum NoRoute {
    Path,
    /// The path supports only these methods.
    Method(BTreeSet<&'static str>),
}

impl Index {
    pub(crate) fn new(
        api: &'static Api,
        rules: Rules,
        collections: &'static [Collection],
        parts: &'static [Part],
        routes: &'static [Route],
    ) -> Self {
        let ids = collections.iter().enumerate();
        let mut routes_by_length: HashMap<usize, Vec<&'static Route>> = HashMap::new();
        for route in routes {
            let length = segments(route.info.path).count();
            routes_by_length.entry(length).or_default().push(route);
        }
        // A literal segment takes precedence over a parameter.
        for routes in routes_by_length.values_mut() {
            routes.sort_by_key(|route| parameter_names(route.info.path).count());
        }
        let children = |parent: &Collection| {
            let all = collections.iter().enumerate();
            let own = all.filter(|(_, child)| child.parent == Some(parent.name));
            own.map(|(id, _)| id).collect()
        };
        Self {
            api,
            rules,
            collections,
            routes,
            parts: parts.iter().map(|part| (part.resource, part)).collect(),
            ids: ids.map(|(id, collection)| (collection.name, id)).collect(),
            routes_by_length,
            children: collections.iter().map(children).collect(),
        }
    }

    /// Returns the IDs of all collections.
    pub(crate) fn ids(&self) -> Range<CollectionId> {
        0..self.collections.len()
    }

    pub(crate) fn id(&self, collection: &str) -> Option<CollectionId> {
        self.ids.get(collection).copied()
    }

    pub(crate) fn collection(&self, id: CollectionId) -> &'static Collection {
        &self.collections[id]
    }

    /// Returns the fields of a collection's objects.
    pub(crate) fn item(&self, id: CollectionId) -> Option<Fields> {
        self.collection(id).item
    }

    /// Returns the prefix of the IDs of a collection's objects.
    pub(crate) fn id_prefix(&self, id: CollectionId) -> Option<&'static str> {
        self.item(id)?.iter().find_map(|field| field.id_prefix)
    }

    /// Returns the collections whose objects belong to the objects of this one.
    pub(crate) fn children(&self, id: CollectionId) -> &[CollectionId] {
        &self.children[id]
    }

    /// Returns the parent collection, if the paths of the objects start with the path of their parent.
    pub(crate) fn holder(&self, id: CollectionId) -> Option<CollectionId> {
        let collection = self.collection(id);
        self.id(collection.parent.filter(|_| collection.nested)?)
    }

    /// Returns the collection that an operation accesses, and the field if it accesses one.
    pub(crate) fn target(&self, route: &Route) -> Option<(CollectionId, Option<&'static str>)> {
        match self.parts.get(route.resource()) {
            Some(part) => Some((self.id(part.collection)?, Some(part.field))),
            None => Some((self.id(route.collection())?, route.part)),
        }
    }

    /// Returns the operation that creates objects of a collection.
    pub(crate) fn create_route(&self, collection: &str) -> Option<&'static Route> {
        let creates = |route: &&Route| route.action == Action::Create && route.collection() == collection;
        self.routes.iter().find(creates)
    }

    /// Returns `true` for the field with the URI of its object.
    pub(crate) fn is_uri(&self, field: &str) -> bool {
        self.rules.uri == Some(field)
    }

    /// Finds the operation of a request by its method and its path below the base URL.
    pub(crate) fn find(&self, method: &http::Method, path: &str) -> Result<RouteMatch, NoRoute> {
        if !path.starts_with('/') {
            return Err(NoRoute::Path);
        }
        let requested: Vec<_> = segments(path).collect();
        let routes = self.routes_by_length.get(&requested.len()).into_iter().flatten();
        let mut matching: Vec<_> = routes.filter(|route| matches(route.info.path, &requested)).collect();
        let Some(first) = matching.first() else {
            return Err(NoRoute::Path);
        };
        let fewest = parameter_names(first.info.path).count();
        matching.retain(|route| parameter_names(route.info.path).count() == fewest);
        let route = matching
            .iter()
            .find(|route| http::Method::from(route.info.method) == method);
        match route {
            Some(route) => Ok(RouteMatch {
                route,
                parameters: parameters(route.info.path, &requested),
            }),
            None => Err(NoRoute::Method(
                matching.iter().map(|route| method_name(route.info.method)).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::table::PageSize;
    use crate::runtime::OperationInfo;

    const RULES: Rules = Rules {
        size: PageSize { query: None, max: None },
        before: None,
        newest_first: false,
        filter: None,
        uri: None,
        status: None,
        codes: &[],
        request_id: None,
    };

    const ROUTES: &[Route] = &[
        Route::get(&OperationInfo::get("things.get", "/things/{id}")),
        Route::delete(&OperationInfo::delete("things.delete", "/things/{id}")),
        Route::list(&OperationInfo::get("things.mine", "/things/mine")),
        Route::replace(&OperationInfo::put("parts.put", "/things/{id}/parts/{part}")),
    ];

    fn find(method: &str, path: &str) -> Result<(&'static str, Vec<String>), Option<Vec<&'static str>>> {
        let index = Index::new(&Api::EXAMPLE, RULES, &[], &[], ROUTES);
        let method = method.parse().expect("a valid method");
        match index.find(&method, path) {
            Ok(found) => Ok((found.route.info.name, found.parameters)),
            Err(NoRoute::Path) => Err(None),
            Err(NoRoute::Method(allowed)) => Err(Some(allowed.into_iter().collect())),
        }
    }

    #[test]
    fn decodes_parameters() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(find("GET", "/things/a%2Fb"), Ok(("things.get", texts(&["a/b"]))));
        assert_eq!(
            find("PUT", "/things/1/parts/%C3%A9"),
            Ok(("parts.put", texts(&["1", "é"])))
        );
    }

    #[test]
    fn prefers_literal_segments_to_parameters() {
        assert_eq!(find("GET", "/things/mine"), Ok(("things.mine", Vec::new())));
        assert_eq!(find("DELETE", "/things/mine"), Err(Some(vec!["GET"])));
    }

    #[test]
    fn distinguishes_unknown_path_from_wrong_method() {
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
}
