//! Converts request bodies.

use super::left_out::LeftOut;
use crate::openapi::import::draft::{BodyDraft, Origin};
use crate::openapi::import::types::Types;
use crate::openapi::json::{Json, Object};

/// Converts the request body of an operation. Fails if it is not JSON.
pub fn body<'a>(
    types: &mut Types<'a>,
    place: &str,
    operation: &'a Json,
    index: usize,
) -> Result<Option<BodyDraft>, LeftOut> {
    let Some(body) = operation.get("requestBody") else {
        return Ok(None);
    };
    let body = types.document.target(body);
    let Some(content) = body
        .get("content")
        .and_then(Json::as_object)
        .filter(|content| !content.is_empty())
    else {
        return Ok(None);
    };
    let place = format!("{place}: request body");
    let Some((media, schema)) = json(content) else {
        let media: Vec<_> = content.iter().map(|(name, _)| name).collect();
        return Err(LeftOut(format!(
            "a request body of `{}` is not supported yet",
            media.join("`, `")
        )));
    };
    if media != "application/json" && media != "*/*" {
        types.weaker(&place, format!("`{media}` is sent as `application/json`"));
    }
    report_others(types, &place, content, "sent");
    let any = &Json::Null;
    let value = types.value(
        schema.unwrap_or(any),
        &place,
        Origin::Operation(index, "body".to_owned()),
    );
    let is_required = body.get("required").and_then(Json::as_bool) == Some(true);
    Ok(Some(BodyDraft {
        expr: value.expr,
        is_optional: !is_required,
        key: None,
    }))
}

/// Reports the media types beside JSON, which are not sent or read.
pub fn report_others(types: &mut Types, place: &str, content: &Object, verb: &str) {
    let names = content.iter().map(|(name, _)| name);
    let others: Vec<_> = names.filter(|name| !is_json(name)).collect();
    if !others.is_empty() {
        types.weaker(place, format!("only JSON is {verb}, not `{}`", others.join("`, `")));
    }
}

/// Returns the media type and schema for JSON.
pub fn json(content: &Object) -> Option<(&str, Option<&Json>)> {
    let mut json: Vec<_> = content.iter().filter(|(name, _)| is_json(name)).collect();
    json.sort_by_key(|(name, _)| *name != "application/json");
    json.first().map(|(name, media)| (*name, media.get("schema")))
}

/// Returns `true` for a media type of JSON.
pub fn is_json(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media == "application/json"
        || media == "*/*"
        || media == "text/json"
        || (media.ends_with("+json") && media.starts_with("application/"))
}
