//! The rules for a resolved API, one `check_*` function each.

mod any_of;
mod api;
mod auth;
mod derived;
mod fields;
mod headers;
pub mod literals;
mod locations;
mod names;
mod operations;
mod paging;
mod requests;
mod resources;
mod responses;
mod spelling;
mod types;
mod unions;
mod values;

use super::checked::Checked;
use super::model::Api;
use super::usage::Usage;
use crate::syntax::Diagnostics;

/// Checks every rule and reports all errors at once.
pub fn check(api: Api) -> Result<Checked, Diagnostics> {
    let usage = Usage::new(&api);
    let mut errors = Diagnostics::default();
    resources::check(&api, &mut errors);
    let error_codes = api::check(&api, &mut errors);
    auth::check(&api, &mut errors);
    headers::check(&api, &mut errors);
    operations::check(&api, &mut errors);
    responses::check(&api, &mut errors);
    paging::check(&api, &mut errors);
    requests::check(&api, &mut errors);
    types::check(&api, &usage, &mut errors);
    unions::check(&api, &usage, &mut errors);
    fields::check(&api, &usage, &mut errors);
    values::check(&api, &mut errors);
    names::check(&api, &usage, &mut errors);
    errors.or_ok(Checked {
        api,
        usage,
        error_codes,
    })
}
