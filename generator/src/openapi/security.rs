//! The authentication of the API and of its operations.

use super::json::{Json, Object, object};
use crate::api::model::{Api, Auth, KeyPlace, Operation};

/// The name of the security scheme.
const NAME: &str = "key";

/// Returns the security requirement of all operations. An API without authentication has none.
pub fn requirement(api: &Api) -> Option<Json> {
    match &api.auth {
        Auth::None => None,
        Auth::Basic { .. } | Auth::Key { .. } => {
            let scheme: Object = [(NAME, Json::Array(Vec::new()))].into_iter().collect();
            Some([scheme].into())
        }
    }
}

/// Returns the security requirement of an operation, if it differs from that of the API.
pub fn of_operation(api: &Api, operation: &Operation) -> Option<Json> {
    requirement(api)
        .filter(|_| !operation.authenticated)
        .map(|_| Json::Array(Vec::new()))
}

/// Returns the security schemes by name. An API without authentication has none.
pub fn schemes(api: &Api) -> Option<Object> {
    let scheme = match &api.auth {
        Auth::None => return None,
        Auth::Basic { .. } => object! { "type": "http", "scheme": "basic" },
        Auth::Key { place, .. } => key(place),
    };
    Some([(NAME, scheme)].into_iter().collect())
}

fn key(place: &KeyPlace) -> Object {
    match place {
        KeyPlace::Bearer => object! { "type": "http", "scheme": "bearer" },
        KeyPlace::Header { name, prefix } => {
            let mut scheme = object! { "type": "apiKey", "in": "header", "name": name };
            if let Some(prefix) = prefix {
                scheme.set("description", format!("The API key after the prefix `{prefix}`."));
            }
            scheme
        }
        KeyPlace::Query(name) => object! { "type": "apiKey", "in": "query", "name": name },
    }
}
