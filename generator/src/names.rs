//! The only maker of identifiers: cases, keywords and collisions.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// The keywords of every edition, those reserved for later included.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The keywords that may not even be raw identifiers.
const NEVER_RAW: &[&str] = &["Self", "crate", "self", "super"];

/// The types that generated code names without a path.
const RESERVED_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "C",
    "Call",
    "Clone",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Into",
    "IntoIterator",
    "JsonValue",
    "Option",
    "Page",
    "PartialEq",
    "Patch",
    "Result",
    "SecretString",
    "Self_",
    "String",
    "Timestamp",
    "UnknownKeys",
    "UnknownValue",
    "Vec",
];

/// The modules beside those of the resources.
const RESERVED_MODULES: &[&str] = &[
    "api",
    "client",
    "fake",
    "mod",
    "models",
    "op",
    "operations",
    "resources",
    "shared",
];

/// The constants of the fake's table beside those of the types.
const RESERVED_CONSTANTS: &[&str] = &["API", "COLLECTIONS", "INDEX", "PARTS", "ROUTES", "RULES"];

/// The methods of every call: a setter of the same name would hide one.
const RESERVED_SETTERS: &[&str] = &[
    "clone",
    "deadline",
    "default",
    "header",
    "into_future",
    "items",
    "new",
    "no_retry",
    "pages",
    "query",
    "resume",
    "send",
    "timeout",
    "with_response",
];

/// The methods of each client: a resource of the same name would hide one.
const RESERVED_ACCESSORS: &[&str] = &["builder", "clone", "exchange", "fmt", "from_env", "new", "of", "over"];

/// An identifier from words in any case: a keyword becomes raw, or gets an underscore where it may not be raw.
fn ident(name: &str) -> Ident {
    let mut name: String = name
        .chars()
        .map(|c| {
            if c == '_' || unicode_ident::is_xid_continue(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    if NEVER_RAW.contains(&name.as_str()) || name.chars().all(|c| c == '_') {
        name.push('_');
    }
    if !name.starts_with(|c| c == '_' || unicode_ident::is_xid_start(c)) {
        name.insert(0, '_');
    }
    if KEYWORDS.contains(&name.as_str()) {
        Ident::new_raw(&name, Span::call_site())
    } else {
        Ident::new(&name, Span::call_site())
    }
}

/// A type of the schema, whose name is Rust's already.
pub fn model(name: &str) -> Ident {
    ident(name)
}

/// The constant that describes a type to the fake. Names that differ in case alone are told apart by underscores.
pub fn constant(ty: &str, taken: &mut BTreeSet<String>) -> Ident {
    let mut name = ty.to_shouty_snake_case();
    while RESERVED_CONSTANTS.contains(&name.as_str()) || !taken.insert(name.clone()) {
        name.push('_');
    }
    ident(&name)
}

/// A name of the runtime, which is Rust's already.
pub fn runtime(name: &str) -> Ident {
    ident(name)
}

/// A field, argument or setter, from the name on the wire.
pub fn field(wire_name: &str) -> Ident {
    let snake = wire_name.to_snake_case();
    ident(if snake.is_empty() { "unnamed" } else { &snake })
}

/// A resource's module, and the clients' method that leads to it.
pub fn module(resource: &str) -> Ident {
    ident(resource)
}

/// An operation's method.
pub fn method(operation: &str) -> Ident {
    ident(operation)
}

/// The method that takes what an operation sends as one model.
pub fn from_model(operation: &str) -> Ident {
    ident(&format!("{operation}_from"))
}

/// The model that a derived request sends.
pub fn request_model(model: &str, request: &str) -> Ident {
    ident(&format!("{model}{}", request.to_upper_camel_case()))
}

/// The setter that makes a field null.
pub fn clear(wire_name: &str) -> Ident {
    ident(&format!("clear_{}", wire_name.to_snake_case()))
}

/// A variant of an enumeration or union, from the name on the wire.
pub fn variant(wire_name: &str) -> Ident {
    let camel = wire_name.to_upper_camel_case();
    match camel.as_str() {
        "" => ident("Empty"),
        // `Unknown` is what the API may add.
        "Unknown" | "Self" => ident(&format!("{camel}Value")),
        digits if digits.starts_with(|c: char| c.is_ascii_digit()) => ident(&format!("V{digits}")),
        _ => ident(&camel),
    }
}

/// The type through which a resource is reached: `ApiKeys`.
pub fn handle(resource: &str) -> Ident {
    ident(&resource.to_upper_camel_case())
}

/// The type of an operation: its verb, what it acts on, and the rest of its name. `GetApiKey`, `ListApiKeys`.
pub fn operation(operation: &str, resource: &str, singular: Option<&str>) -> Ident {
    let (verb, rest) = operation.split_once('_').unwrap_or((operation, ""));
    let noun = if verb == "list" {
        resource.to_owned()
    } else {
        one_of(resource, singular)
    };
    ident(&format!("{verb}_{noun}_{rest}").to_upper_camel_case())
}

/// The alias of an operation's call: `GetApiKeyCall`.
pub fn call(operation: &Ident) -> Ident {
    ident(&format!("{operation}Call"))
}

/// A variable that holds one object of a resource.
pub fn variable(resource: &str, singular: Option<&str>) -> Ident {
    let name = one_of(resource, singular);
    // A format string takes no raw identifier.
    ident(&if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    })
}

/// One of what a resource's name speaks of, as the schema says it or as English mostly forms it.
fn one_of(resource: &str, singular: Option<&str>) -> String {
    if let Some(singular) = singular {
        return singular.to_owned();
    }
    if let Some(stem) = resource.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let sibilant = ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|ending| resource.ends_with(ending));
    let ending = if sibilant { "es" } else { "s" };
    resource.strip_suffix(ending).unwrap_or(resource).to_owned()
}

/// A namespace of the generated code, with what claimed each name in it.
#[derive(Debug)]
pub struct Scope<T> {
    reserved: &'static [&'static str],
    reserved_for: &'static str,
    claims: BTreeMap<String, T>,
}

/// The reason for which a name cannot be claimed.
#[derive(Debug, PartialEq, Eq)]
pub enum Collision<'a, T> {
    /// The generated code has the name already; the text says for what.
    Reserved(&'static str),
    /// This claimed it before.
    Claimed(&'a T),
}

impl<T> Scope<T> {
    fn new(reserved: &'static [&'static str], reserved_for: &'static str) -> Self {
        Self {
            reserved,
            reserved_for,
            claims: BTreeMap::new(),
        }
    }

    /// The types of all generated files.
    pub fn types() -> Self {
        Self::new(RESERVED_TYPES, "generated code uses this name for a type of its own")
    }

    /// The modules of the generated code.
    pub fn modules() -> Self {
        Self::new(RESERVED_MODULES, "the generated code has a module of this name")
    }

    /// The methods of the clients.
    pub fn accessors() -> Self {
        Self::new(RESERVED_ACCESSORS, "each client has a method of this name")
    }

    /// The methods of a resource.
    pub fn methods() -> Self {
        Self::new(&["new"], "each resource has a function of this name")
    }

    /// The arguments of a method, the fields of an operation, or the variants of a type.
    pub fn members() -> Self {
        Self::new(&[], "")
    }

    /// The setters of a model that is sent as it is.
    pub fn model_setters() -> Self {
        Self::new(
            &["default", "new"],
            "each model that is sent has a function of this name",
        )
    }

    /// The setters of a call, and of the model that it sends.
    pub fn setters() -> Self {
        Self::new(RESERVED_SETTERS, "each call or model has a function of this name")
    }

    /// Claims an identifier, unless it is reserved or claimed.
    pub fn claim(&mut self, ident: &Ident, claimant: T) -> Result<(), Collision<'_, T>> {
        if self.reserved.contains(&ident.unraw().to_string().as_str()) {
            return Err(Collision::Reserved(self.reserved_for));
        }
        match self.claims.entry(ident.to_string()) {
            Entry::Vacant(name) => {
                name.insert(claimant);
                Ok(())
            }
            Entry::Occupied(first) => Err(Collision::Claimed(first.into_mut())),
        }
    }
}

/// The article before the name of a type in a sentence.
pub fn article(ty: &str) -> &'static str {
    if ty.starts_with(['A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_escaped() {
        for keyword in KEYWORDS {
            assert_eq!(field(keyword).to_string(), format!("r#{keyword}"));
        }
        for keyword in ["self", "super", "crate"] {
            assert_eq!(field(keyword).to_string(), format!("{keyword}_"));
        }
    }

    #[test]
    fn wire_names_become_snake_case() {
        for (wire, rust) in [
            ("created_at", "created_at"),
            ("createdAt", "created_at"),
            ("content-type", "content_type"),
            ("2fa", "_2fa"),
            ("größe", "größe"),
            ("$", "unnamed"),
            ("x²", "x_"),
        ] {
            assert_eq!(field(wire).to_string(), rust);
        }
    }

    #[test]
    fn operations_speak_of_one_object_or_of_all() {
        for (name, resource, rust) in [
            ("get", "api_keys", "GetApiKey"),
            ("list", "api_keys", "ListApiKeys"),
            ("create", "bakeries", "CreateBakery"),
            ("delete", "addresses", "DeleteAddress"),
            ("delete_certificate", "parked_cars", "DeleteParkedCarCertificate"),
        ] {
            assert_eq!(operation(name, resource, None).to_string(), rust);
        }
    }

    #[test]
    fn a_singular_may_be_given() {
        assert_eq!(
            operation("get", "shelves_oak", Some("oak_shelf")).to_string(),
            "GetOakShelf"
        );
        assert_eq!(
            operation("list", "shelves_oak", Some("oak_shelf")).to_string(),
            "ListShelvesOak"
        );
    }

    #[test]
    fn values_become_variants() {
        for (wire, rust) in [
            ("allow", "Allow"),
            ("agent/v2", "AgentV2"),
            ("2023-01", "V202301"),
            ("unknown", "UnknownValue"),
            ("self", "SelfValue"),
            ("", "Empty"),
        ] {
            assert_eq!(variant(wire).to_string(), rust);
        }
    }

    #[test]
    fn constants_of_types_differ() {
        let mut taken = BTreeSet::new();
        let names = ["ApiKey", "APIKey", "Index"].map(|ty| constant(ty, &mut taken).to_string());
        assert_eq!(names, ["API_KEY", "API_KEY_", "INDEX_"]);
    }

    #[test]
    fn reserved_names_cannot_be_claimed() {
        let check = |scope: fn() -> Scope<()>, reserved: &[&str]| {
            for name in reserved {
                let mut scope = scope();
                let collision = scope.claim(&ident(name), ()).unwrap_err();
                assert!(matches!(collision, Collision::Reserved(_)), "{name}");
            }
        };
        check(Scope::types, RESERVED_TYPES);
        check(Scope::modules, RESERVED_MODULES);
        check(Scope::accessors, RESERVED_ACCESSORS);
        check(Scope::setters, RESERVED_SETTERS);
        check(Scope::methods, &["new"]);
        check(Scope::model_setters, &["default", "new"]);
    }

    #[test]
    fn every_name_is_claimed_once() {
        let mut fields = Scope::members();
        assert_eq!(fields.claim(&field("user_id"), 1), Ok(()));
        assert_eq!(fields.claim(&field("userId"), 2), Err(Collision::Claimed(&1)));
        assert_eq!(fields.claim(&field("id"), 3), Ok(()));
    }
}
