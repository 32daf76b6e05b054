//! Lowers the API to the tables of its fake: the collections of objects, and the effect of each operation on them.

mod collections;
mod key_examples;
mod keys;
mod routes;
mod shapes;

use std::collections::BTreeSet;

use crate::api::checked::Checked;
use crate::api::model::{EmptyValues, ListOrder};
use crate::names;
use crate::rust::ir::{Fake, FakeRules};

pub use self::collections::Collections;
pub use self::key_examples::argument;

pub fn fake(checked: &Checked, collections: &Collections, source: &str) -> Fake {
    let types = checked.api.types();
    let mut constants = BTreeSet::new();
    Fake {
        source: source.to_owned(),
        auth: checked.api.auth.clone(),
        crate_name: checked.api.crate_name.clone(),
        resource_features: checked.api.resource_features,
        rate_limit: checked.api.rate_limit.clone(),
        rules: rules(checked),
        collections: collections.rows(&checked.api),
        routes: routes::routes(&checked.api, collections),
        shapes: types
            .filter_map(|(id, ty)| shapes::shape(&checked.api, id, ty, collections, &mut constants))
            .collect(),
    }
}

fn rules(Checked { api, error_codes, .. }: &Checked) -> FakeRules {
    let fake = api.fake.clone();
    let codes = error_codes.iter();
    FakeRules {
        size: api
            .paging
            .as_ref()
            .map(|paging| paging.size.clone())
            .unwrap_or_default(),
        newest_first: fake.order == ListOrder::NewestFirst,
        before: fake.before,
        filter: fake.filter,
        uri: fake.uri,
        status: api.errors.status.clone(),
        codes: codes.map(|error| (error.status, error.code.clone())).collect(),
        updated: fake.updated.unwrap_or_else(|| "updated_at".to_owned()),
        empty_is_missing: fake.empty == EmptyValues::Missing,
        invalid: fake.invalid.unwrap_or(400),
        request_id: fake.request_id.as_deref().map(names::id_prefix),
    }
}
