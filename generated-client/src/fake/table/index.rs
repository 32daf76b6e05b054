//! The index of an API's description by name and by path.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use serde_json::Value;

use super::collection::Collection;
use super::field::Fields;
use super::part::Part;
use super::path::{RequestPath, Template};
use super::query::decode_query;
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
    routes_by_length: HashMap<usize, Vec<Routed>>,
    /// The routes whose paths end with a parameter that matches several segments.
    open_routes: Vec<Routed>,
    /// For each collection, the collections whose objects belong to its objects.
    children: Vec<Vec<CollectionId>>,
}

/// A route with its parsed path and query.
struct Routed {
    route: &'static Route,
    template: Template,
    /// The decoded pairs of the fixed query.
    query: Vec<(String, String)>,
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
    /// The path and the method require a query such as this one.
    Query(&'static str),
    /// The path and the method require a known value of this key in the body.
    Body(&'static str),
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
        let mut routes_by_length: HashMap<usize, Vec<Routed>> = HashMap::new();
        let mut open_routes = Vec::new();
        for routed in routes.iter().map(Routed::new) {
            match routed.template.length() {
                Some(length) => routes_by_length.entry(length).or_default().push(routed),
                None => open_routes.push(routed),
            }
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
            open_routes,
            children: collections.iter().map(children).collect(),
        }
    }

    /// Returns the IDs of all collections.
    #[cfg(feature = "fake-server")]
    pub(crate) fn operation_count(&self) -> usize {
        self.routes.len()
    }

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

    /// Finds the operation of a request by its method, its path below the base URL, its decoded query, and its body.
    ///
    /// The path with the most literal segments has precedence. Among operations with the same path, the one with the largest
    /// fixed query has, and then the one with the most fixed keys in the body.
    pub(crate) fn find(
        &self,
        method: &http::Method,
        path: &str,
        query: &[(String, String)],
        body: &[u8],
    ) -> Result<RouteMatch, NoRoute> {
        if !path.starts_with('/') {
            return Err(NoRoute::Path);
        }
        let path = RequestPath::parse(path);
        let fixed_length = self.routes_by_length.get(&path.length());
        let routes = fixed_length.into_iter().chain([&self.open_routes]).flatten();
        let matching = routes.filter_map(|routed| Some((routed, routed.template.values(&path)?)));
        let mut matching: Vec<_> = matching.collect();
        let Some(most) = matching.iter().map(|(routed, _)| routed.template.literals()).max() else {
            return Err(NoRoute::Path);
        };
        matching.retain(|(routed, _)| routed.template.literals() == most);
        let allowed = matching.iter().map(|(routed, _)| routed.route.info.method);
        let allowed = allowed.map(method_name).collect();
        matching.retain(|(routed, _)| http::Method::from(routed.route.info.method) == method);
        let Some(first) = matching.first().map(|(routed, _)| routed.route.info.query) else {
            return Err(NoRoute::Method(allowed));
        };
        matching.retain(|(routed, _)| routed.query.iter().all(|pair| query.contains(pair)));
        if let [(only, _)] = matching.as_slice() {
            // A body without the constants of the only operation is invalid, but the operation is known.
            let (route, parameters) = (only.route, matching.swap_remove(0).1);
            return Ok(RouteMatch { route, parameters });
        }
        let fixed = matching.iter().find_map(|(routed, _)| routed.route.info.fixed.first());
        if let Some((key, _)) = fixed {
            matching.retain(|(routed, _)| routed.has_fixed_keys(body));
            if matching.is_empty() {
                return Err(NoRoute::Body(key));
            }
        }
        let found = matching.into_iter().min_by_key(|(routed, _)| {
            let fixed = routed.route.info.fixed.len();
            (routed.template.rank(), Reverse(routed.query.len()), Reverse(fixed))
        });
        let found = found.map(|(routed, parameters)| RouteMatch {
            route: routed.route,
            parameters,
        });
        found.ok_or(NoRoute::Query(first))
    }
}

impl Routed {
    fn new(route: &'static Route) -> Self {
        Self {
            route,
            template: Template::parse(route.info.path),
            query: decode_query(route.info.query),
        }
    }

    /// Returns `true` if a body has the constants of the operation.
    fn has_fixed_keys(&self, body: &[u8]) -> bool {
        let info = self.route.info;
        if info.fixed.is_empty() {
            return true;
        }
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let object = match info.request_key {
            Some(key) => body.get(key),
            None => Some(&body),
        };
        let mut fixed = info.fixed.iter();
        fixed.all(|(key, expected)| {
            object
                .and_then(|object| object.get(key))
                .is_some_and(|value| *expected == *value)
        })
    }
}

fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
        Method::Head => "HEAD",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::table::PageSize;
    use crate::runtime::{Constant, OperationInfo};

    const RULES: Rules = Rules {
        size: PageSize { query: None, max: None },
        before: None,
        newest_first: false,
        filter: None,
        uri: None,
        status: None,
        codes: &[],
        updated: "updated_at",
        empty_is_missing: false,
        invalid: 400,
        request_id: None,
    };

    const ROUTES: &[Route] = &[
        Route::get(&OperationInfo::get("things.get", "/things/{id}")),
        Route::delete(&OperationInfo::delete("things.delete", "/things/{id}")),
        Route::list(&OperationInfo::get("things.mine", "/things/mine")),
        Route::replace(&OperationInfo::put("parts.put", "/things/{id}/parts/{part}")),
        Route::act(&OperationInfo::post("things.stop", "/things/{id}:stop")),
        Route::act(&OperationInfo::post("things.poke", "/things/{id}")),
        Route::get(&OperationInfo::get("things.json", "/things/{id}.json")),
        Route::head(&OperationInfo::head("things.check", "/things/{id}")),
        Route::get(&OperationInfo::get("files.get", "/files/{path*}")),
        Route::get(&OperationInfo::get("files.info", "/files/{name}/info")),
        Route::get(&OperationInfo::get("files.of", "/files/{folder}/{name}")),
        Route::list(&OperationInfo::get("pets.list", "/pets")),
        Route::list(&OperationInfo::get("pets.beta", "/pets").query("beta=true")),
        Route::list(&OperationInfo::get("pets.both", "/pets").query("x&beta=true")),
        Route::list(&OperationInfo::get("cats.list", "/cats").query("alt=a%20b")),
        Route::act(&OperationInfo::post("cats.feed", "/cats/{id}").fixed(&[("do", Constant::Text("feed"))])),
        Route::act(&OperationInfo::post("cats.pet", "/cats/{id}").fixed(PET)),
        Route::act(&OperationInfo::post("cats.other", "/cats/{id}")),
    ];

    const PET: &[(&str, Constant)] = &[("do", Constant::Text("pet")), ("twice", Constant::Boolean(true))];

    #[test]
    fn fixed_keys_of_the_body_select_the_operation() {
        let find = |body: &str| find_with("POST", "/cats/1", body.as_bytes()).map(|(name, _)| name);
        assert_eq!(find(r#"{"do": "feed", "x": 1}"#), Ok("cats.feed"));
        assert_eq!(find(r#"{"twice": true, "do": "pet"}"#), Ok("cats.pet"));
        for body in [r#"{"do": "pet"}"#, r#"{"do": "sing"}"#, "[]", ""] {
            assert_eq!(find(body), Ok("cats.other"), "{body}");
        }
    }

    fn find(method: &str, uri: &str) -> Result<(&'static str, Vec<String>), Option<Vec<&'static str>>> {
        find_with(method, uri, b"")
    }

    fn find_with(
        method: &str,
        uri: &str,
        body: &[u8],
    ) -> Result<(&'static str, Vec<String>), Option<Vec<&'static str>>> {
        let index = Index::new(&Api::EXAMPLE, RULES, &[], &[], ROUTES);
        let method = method.parse().expect("a valid method");
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        match index.find(&method, path, &decode_query(query), body) {
            Ok(found) => Ok((found.route.info.name, found.parameters)),
            Err(NoRoute::Path) => Err(None),
            Err(NoRoute::Method(allowed)) => Err(Some(allowed.into_iter().collect())),
            Err(NoRoute::Body(key)) => Err(Some(vec![key])),
            Err(NoRoute::Query(query)) => Err(Some(vec![query])),
        }
    }

    fn name(method: &str, uri: &str) -> &'static str {
        find(method, uri).map_or("nothing", |(name, _)| name)
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
    fn prefers_text_around_parameters_if_the_method_fits() {
        assert_eq!(name("POST", "/things/1:stop"), "things.stop");
        assert_eq!(name("POST", "/things/1%3Astop"), "things.poke");
        assert_eq!(name("GET", "/things/1.json"), "things.json");
        assert_eq!(name("DELETE", "/things/1.json"), "things.delete");
        assert_eq!(name("HEAD", "/things/1"), "things.check");
    }

    #[test]
    fn prefers_any_segment_to_a_parameter_over_segments() {
        assert_eq!(name("GET", "/files/a"), "files.get");
        assert_eq!(name("GET", "/files/a/info"), "files.info");
        assert_eq!(name("GET", "/files/a/b"), "files.of");
        assert_eq!(find("GET", "/files/a/b/c"), Ok(("files.get", vec!["a/b/c".to_owned()])));
    }

    #[test]
    fn prefers_the_largest_fixed_query() {
        assert_eq!(name("GET", "/pets"), "pets.list");
        assert_eq!(name("GET", "/pets?beta=false&limit=1"), "pets.list");
        assert_eq!(name("GET", "/pets?limit=1&beta=true"), "pets.beta");
        assert_eq!(name("GET", "/pets?beta=true&y&x="), "pets.both");
        assert_eq!(name("GET", "/cats?alt=a+b"), "cats.list");
        assert_eq!(find("GET", "/cats?alt=a"), Err(Some(vec!["alt=a%20b"])));
    }

    #[test]
    fn distinguishes_unknown_path_from_wrong_method() {
        assert_eq!(
            find("PUT", "/things/1"),
            Err(Some(vec!["DELETE", "GET", "HEAD", "POST"]))
        );
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
