//! Converts parameters of paths, queries and headers.

use std::fmt::Write;

use indexmap::IndexMap;

use crate::api::forms::{is_header_name, is_managed_header};
use crate::names::{self, Scope};
use crate::openapi::import::document::Document;
use crate::openapi::import::draft::{Expr, Kind, OperationDraft, Origin, ParameterDraft, PathParameterDraft};
use crate::openapi::import::finding::Loss;
use crate::openapi::import::names::{claim, snake};
use crate::openapi::import::types::{Texts, Types, named};
use crate::openapi::json::Json;
use crate::syntax::{Http, Scalar};

/// The headers that OpenAPI does not treat as parameters, or that the client sets itself beside those that it manages.
const IGNORED: [&str; 3] = ["accept", "authorization", "user-agent"];

/// The longest name that a schema can contain, in bytes.
const MAX_NAME: usize = 256;

const CLIENT: &str = "the client sets this header itself: if the API needs another value, set it in `headers`";

const UNION: &str = "one of several types in a parameter is a `string`";

/// The parameters of an operation, by their place and name.
pub type Declared<'a> = IndexMap<(&'a str, &'a str), &'a Json>;

/// A parameter of a query or header, whose type may still change.
pub struct Parameter {
    draft: ParameterDraft,
    is_header: bool,
    style: Style,
    place: String,
}

/// The notation of lists and objects in a query.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Repeat,
    Comma,
    Deep,
    /// A notation that the schema language does not have.
    Other,
    Json,
}

/// Returns the parameters of a path and an operation. Those of the operation replace those of the path.
pub fn declared<'a>(document: &'a Document, item: &'a Json, operation: &'a Json) -> Declared<'a> {
    let mut declared = Declared::new();
    for owner in [item, operation] {
        let parameters = owner.get("parameters").map(Json::items).unwrap_or_default();
        for parameter in parameters {
            let parameter = document.target(parameter);
            declared.extend(key(parameter).map(|key| (key, parameter)));
        }
    }
    declared
}

/// Returns where a parameter is sent, and its name. `None` if the document does not say both.
pub fn key(parameter: &Json) -> Option<(&str, &str)> {
    let text = |key: &str| parameter.get(key).and_then(Json::as_str);
    text("in").zip(text("name"))
}

/// A path as the schema writes it.
pub struct Path {
    pub written: String,
    /// The name of each parameter in the document and in the schema.
    arguments: Vec<(String, String)>,
}

/// Returns the path as the schema writes it.
pub fn path(path: &str, declared: &Declared) -> Path {
    let mut written = String::new();
    let mut arguments = Vec::new();
    let mut rest = path;
    let mut scope = Scope::members();
    // An argument for the request body has this name.
    let idents = |name: &str| [names::field(name)];
    claim(&mut scope, &["body"], idents);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        written.push_str(before);
        let is_rest = after.is_empty()
            && declared
                .get(&("path", name))
                .and_then(|parameter| parameter.get("x-multi-segment"))
                .is_some_and(|value| value.as_bool() == Some(true));
        let star = if is_rest { "*" } else { "" };
        let own = argument(name);
        let argument = match own.as_str() {
            "body" => claim(&mut scope, &["body_id"], idents),
            own => claim(&mut scope, &[own], idents),
        };
        let _ = write!(written, "{{{argument}{star}}}");
        if !is_rest {
            arguments.push((name.to_owned(), argument));
        }
        rest = after;
    }
    written.push_str(rest);
    Path { written, arguments }
}

/// Returns the name of an argument for a path parameter. It is never sent.
fn argument(name: &str) -> String {
    let is_allowed = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if is_allowed && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.to_owned()
    } else {
        snake(name)
    }
}

/// Returns the types of path parameters.
pub fn params<'a>(
    types: &mut Types<'a>,
    place: &str,
    path: &Path,
    declared: &Declared<'a>,
    index: usize,
) -> Vec<PathParameterDraft> {
    let mut params = Vec::new();
    for (name, argument) in &path.arguments {
        let parameter = declared.get(&("path", name.as_str()));
        if parameter.is_some_and(|parameter| parameter.get("description").is_some()) {
            let text = "path parameters have no documentation: their descriptions are left out";
            types.find_of_api("parameters", Loss::Reading, text);
        }
        let Some(schema) = parameter.and_then(|parameter| parameter.get("schema")) else {
            continue;
        };
        let place = format!("{place}: path parameter \"{name}\"");
        let value = types.value(schema, &place, Origin::Operation(index, name.clone()));
        params.push(PathParameterDraft {
            name: argument.clone(),
            expr: value.expr,
            place,
        });
    }
    params
}

/// Converts the parameters of the query and the headers.
pub fn parameters<'a>(types: &mut Types<'a>, place: &str, declared: &Declared<'a>, index: usize) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for ((kind, name), parameter) in declared {
        let is_header = *kind == "header";
        let kind = match *kind {
            "query" => "query parameter",
            "header" => "header",
            "cookie" => "cookie",
            _ => continue,
        };
        let place = format!("{place}: {kind} \"{name}\"");
        match left_out(kind, name) {
            Some(CLIENT) => types.find_of_api(&format!("header \"{name}\""), Loss::Reading, CLIENT),
            Some(reason) => types.weaker(&place, reason),
            None => parameters.push(parameter_of(types, place, name, parameter, index, is_header)),
        }
    }
    parameters
}

/// Returns the reason to leave out a parameter.
fn left_out(kind: &str, name: &str) -> Option<&'static str> {
    let is_ignored = IGNORED.contains(&name.to_ascii_lowercase().as_str());
    match kind {
        "cookie" => Some("cookies are not sent"),
        "header" if is_ignored || is_managed_header(name) => Some(CLIENT),
        "header" if !is_header_name(name) => Some("this is not the name of a header"),
        _ if name.is_empty() => Some("a parameter without a name is left out"),
        _ if name.len() > MAX_NAME => Some("a parameter with such a long name is left out"),
        _ => None,
    }
}

fn parameter_of<'a>(
    types: &mut Types<'a>,
    place: String,
    name: &str,
    parameter: &'a Json,
    index: usize,
    is_header: bool,
) -> Parameter {
    let content = parameter
        .get("content")
        .and_then(Json::as_object)
        .and_then(|content| content.iter().next());
    let schema = parameter
        .get("schema")
        .or(content.and_then(|(_, media)| media.get("schema")));
    let expr = schema.map_or(Expr::STRING, |schema| {
        types
            .value(schema, &place, Origin::Operation(index, name.to_owned()))
            .expr
    });
    let texts = schema.map(|schema| types.described(schema)).unwrap_or_default();
    let own = Texts::new(parameter);
    let limits: Vec<_> = texts.iter().flat_map(Texts::limits).collect();
    let doc = own.doc().or_else(|| texts.iter().find_map(Texts::doc));
    let mut doc = doc.unwrap_or_else(|| named(name));
    if !limits.is_empty() {
        let end = if doc.ends_with(|c: char| c.is_alphanumeric()) {
            "."
        } else {
            ""
        };
        doc = format!("{doc}{end} {}", limits.join(" "));
    }
    let boolean = |key: &str| parameter.get(key).and_then(Json::as_bool);
    Parameter {
        draft: ParameterDraft {
            name: name.to_owned(),
            expr,
            required: boolean("required") == Some(true),
            style: None,
            doc: Some(doc),
            example: own.example().or_else(|| texts.iter().find_map(Texts::example)).cloned(),
            deprecated: boolean("deprecated") == Some(true),
            maximum: texts.iter().find_map(|texts| texts.number("maximum")),
        },
        is_header,
        style: if content.is_some() {
            Style::Json
        } else {
            style(parameter)
        },
        place,
    }
}

fn style(parameter: &Json) -> Style {
    let explode = parameter.get("explode").and_then(Json::as_bool);
    match parameter.get("style").and_then(Json::as_str) {
        None | Some("form") if explode != Some(false) => Style::Repeat,
        None | Some("form" | "simple") => Style::Comma,
        Some("deepObject") => Style::Deep,
        Some(_) => Style::Other,
    }
}

/// Returns the names of query parameters that are constants in the path, or contain the API key.
fn constants(draft: &OperationDraft, key: Option<&str>) -> Vec<String> {
    let http = format!("{} {}", draft.method, draft.path).parse::<Http>();
    let query = http.map(|http| http.query.decoded()).unwrap_or_default();
    let names = query.into_iter().map(|(name, _)| name);
    names.chain(key.map(str::to_owned)).collect()
}

/// Sets the types of path parameters, query parameters and headers of an operation, now that all types are known.
pub fn settle(types: &mut Types, draft: &mut OperationDraft, parameters: Vec<Parameter>, key: Option<&str>) {
    for parameter in &mut draft.params {
        let resolved = types.resolved(&parameter.expr).required().clone();
        parameter.expr = if is_single(types, &resolved) {
            resolved
        } else {
            types.weaker(&parameter.place, UNION);
            Expr::STRING
        };
    }
    draft.params.retain(|parameter| parameter.expr != Expr::STRING);
    let sent = constants(draft, key);
    for parameter in parameters {
        for parameter in settled(types, parameter) {
            let list = if parameter.is_header {
                &mut draft.headers
            } else {
                &mut draft.query
            };
            let (name, is_header) = (&parameter.draft.name, parameter.is_header);
            let is_same = |other: &str| other == name || (is_header && other.eq_ignore_ascii_case(name));
            if list.iter().any(|other| is_same(&other.name)) || (!is_header && sent.contains(name)) {
                types.weaker(&parameter.place, "the request already has a parameter with this name");
            } else {
                list.push(parameter.draft);
            }
        }
    }
}

/// Returns a parameter with a type that the schema language supports, or one for each field of an object.
fn settled(types: &mut Types, mut parameter: Parameter) -> Vec<Parameter> {
    let expr = types.resolved(&parameter.draft.expr).required().clone();
    if parameter.style == Style::Json {
        return vec![as_string(types, parameter, "JSON in a parameter is a string")];
    }
    if parameter.style == Style::Deep && !parameter.is_header && is_deep(types, &expr) {
        parameter.draft.style = Some("deep");
        parameter.draft.expr = expr;
        return vec![parameter];
    }
    if is_single(types, &expr) {
        parameter.draft.expr = expr;
        return vec![parameter];
    }
    if let Some(item) = item(types, &expr) {
        return vec![list(types, parameter, item)];
    }
    match fields(types, &expr, &parameter) {
        Some(fields) => fields.into_iter().flat_map(|field| settled(types, field)).collect(),
        None => vec![as_string(types, parameter, UNION)],
    }
}

fn as_string(types: &mut Types, mut parameter: Parameter, reason: &str) -> Parameter {
    types.weaker(&parameter.place, reason);
    parameter.draft.expr = Expr::STRING;
    parameter
}

fn list(types: &mut Types, mut parameter: Parameter, item: Expr) -> Parameter {
    parameter.draft.expr = Expr::list(item);
    if parameter.is_header {
        return parameter;
    }
    let brackets = parameter.draft.name.strip_suffix("[]").map(str::to_owned);
    match (parameter.style, brackets) {
        (Style::Comma, _) => parameter.draft.style = Some("comma"),
        (_, Some(name)) if !name.is_empty() => {
            parameter.draft.name = name;
            parameter.draft.style = Some("brackets");
        }
        (Style::Repeat, _) => {}
        (Style::Deep | Style::Other | Style::Json, _) => {
            return as_string(
                types,
                parameter,
                "the notation of the list is not supported: the type is `string`",
            );
        }
    }
    parameter
}

/// Returns `true` if a value of the type is a single text.
fn is_single(types: &Types, expr: &Expr) -> bool {
    match expr {
        Expr::Scalar(scalar) => *scalar != Scalar::Json,
        Expr::Named(id) => matches!(types.get(*id).kind, Kind::Enum(_) | Kind::Integers(_)),
        Expr::List(_) | Expr::Map(_) | Expr::Optional(_) => false,
    }
}

fn is_deep(types: &Types, expr: &Expr) -> bool {
    match expr {
        Expr::Map(_) => true,
        Expr::Named(id) => matches!(types.get(*id).kind, Kind::Object(_) | Kind::Tagged(..)),
        Expr::Scalar(_) | Expr::List(_) | Expr::Optional(_) => false,
    }
}

/// Returns the type of the items of a list, or of a union of a list and single items.
fn item(types: &Types, expr: &Expr) -> Option<Expr> {
    match expr {
        Expr::List(item) => {
            let item = types.resolved(item).required().clone();
            Some(if is_single(types, &item) { item } else { Expr::STRING })
        }
        Expr::Named(id) => match &types.get(*id).kind {
            Kind::AnyOf(members) => {
                let members: Vec<_> = members.iter().filter_map(|member| member.expr.as_ref()).collect();
                let mut items = members.iter().filter_map(|member| match types.resolved(member) {
                    Expr::List(item) => Some(types.resolved(&item)),
                    _ => None,
                });
                let item = items.next().filter(|item| is_single(types, item))?;
                let is_item = |member: &&&Expr| **member == &item || matches!(member, Expr::List(_));
                (members.iter().filter(is_item).count() == members.len()).then_some(item)
            }
            _ => None,
        },
        Expr::Scalar(_) | Expr::Map(_) | Expr::Optional(_) => None,
    }
}

/// Returns a parameter for each field of an object whose fields are sent like parameters.
fn fields(types: &Types, expr: &Expr, parameter: &Parameter) -> Option<Vec<Parameter>> {
    let (_, object) = types
        .object_of(expr)
        .filter(|_| parameter.style == Style::Repeat && !parameter.is_header)?;
    let fields = object.fields.iter().map(|field| Parameter {
        draft: ParameterDraft {
            name: field.name.clone(),
            expr: field.expr.clone(),
            required: parameter.draft.required && field.is_present(),
            style: None,
            doc: field.doc.clone().or_else(|| Some(named(&field.name))),
            example: field.example.clone(),
            deprecated: field.deprecated,
            maximum: None,
        },
        is_header: false,
        style: if types.object_of(&field.expr).is_some() {
            Style::Other
        } else {
            Style::Repeat
        },
        place: format!("{}: \"{}\"", parameter.place, field.name),
    });
    Some(fields.collect())
}
