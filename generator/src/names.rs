//! Creates all identifiers: converts their case, escapes keywords and detects collisions.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// The keywords of all editions, including reserved ones.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The keywords that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["Self", "crate", "self", "super"];

/// The types that generated code uses without a path.
const RESERVED_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Bytes",
    "C",
    "Call",
    "CallParameters",
    "Clone",
    "Date",
    "Debug",
    "Default",
    "EmptyBody",
    "Eq",
    "Hash",
    "Into",
    "IntoIterator",
    "JsonBody",
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
    "UnknownInteger",
    "UnknownJson",
    "UnknownKeys",
    "UnknownMember",
    "UnknownValue",
    "Uuid",
    "Vec",
];

/// The modules of generated code other than those of resources.
const RESERVED_MODULES: &[&str] = &[
    "api",
    "client",
    "exports",
    "fake",
    "mod",
    "models",
    "op",
    "operations",
    "resources",
    "shared",
];

/// Constants in the fake's table that do not describe a type.
const RESERVED_CONSTANTS: &[&str] = &["API", "COLLECTIONS", "INDEX", "PARTS", "RATE_LIMIT", "ROUTES", "RULES"];

/// The methods of every call, including some that calls may gain later. A setter with the same name would hide one of them.
const RESERVED_SETTERS: &[&str] = &[
    "clone",
    "deadline",
    "default",
    "header",
    "idempotency_key",
    "into_future",
    "items",
    "new",
    "no_retry",
    "pages",
    "query",
    "resume",
    "retry",
    "send",
    "timeout",
    "with_response",
];

/// The methods of each client. A resource with the same name would hide one of them.
const RESERVED_ACCESSORS: &[&str] = &[
    "builder", "clone", "exchange", "fmt", "from_env", "into", "new", "of", "over", "try_into",
];

/// Cargo features of every crate. No resource can have the names of the others, such as `uuid`, anyway.
const FEATURES: &[&str] = &["async", "blocking"];

/// Returns `true` if every crate has a cargo feature with this name.
pub fn is_feature(name: &str) -> bool {
    FEATURES.contains(&name)
}

/// Returns an identifier. Invalid characters become underscores. A keyword becomes a raw identifier, or gets a trailing
/// underscore if it cannot be raw.
fn ident(name: &str) -> Ident {
    let mut name = name.replace(|c| c != '_' && !unicode_ident::is_xid_continue(c), "_");
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

/// Returns the name of a type in the schema, which is already a Rust name.
pub fn model(name: &str) -> Ident {
    ident(name)
}

/// Returns the constant that describes a type to the fake. A reserved or taken name gets trailing underscores.
pub fn constant(ty: &str, taken: &mut BTreeSet<String>) -> Ident {
    let mut name = ty.to_shouty_snake_case();
    while RESERVED_CONSTANTS.contains(&name.as_str()) || !taken.insert(name.clone()) {
        name.push('_');
    }
    ident(&name)
}

/// Returns a name in the runtime, which is already a Rust name.
pub fn runtime(name: &str) -> Ident {
    ident(name)
}

/// Returns a name in which plurals of acronyms are words: `redirectUris` for `redirectURIs`.
pub fn whole_acronyms(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let is_upper = |index: usize| characters.get(index).is_some_and(char::is_ascii_uppercase);
    let mut result = String::with_capacity(name.len());
    for (index, c) in characters.iter().enumerate() {
        // The end of the capitals that this character belongs to.
        let end = (index..characters.len())
            .find(|end| !is_upper(*end))
            .unwrap_or(characters.len());
        let is_plural =
            characters.get(end) == Some(&'s') && !characters.get(end + 1).is_some_and(char::is_ascii_lowercase);
        let is_inside = index > 0 && is_upper(index) && is_upper(index - 1);
        result.push(if is_inside && is_plural {
            c.to_ascii_lowercase()
        } else {
            *c
        });
    }
    result
}

/// Returns the field, argument or setter for a wire name.
pub fn field(wire_name: &str) -> Ident {
    let snake = snake(wire_name);
    ident(if snake.is_empty() { "unnamed" } else { &snake })
}

/// Returns a name in `snake_case`. Most names are, and are returned as they are, because converting them takes long.
fn snake(name: &str) -> Cow<'_, str> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if name.split('_').all(is_word) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(whole_acronyms(name).to_snake_case())
    }
}

/// Returns the module of a resource, which is also the client method that returns its handle.
pub fn module(resource: &str) -> Ident {
    ident(resource)
}

/// Returns the method of an operation.
pub fn method(operation: &str) -> Ident {
    ident(operation)
}

/// Returns the method of an operation that takes the whole request body, such as `create_from`.
pub fn from_model(operation: &str) -> Ident {
    ident(&format!("{operation}_from"))
}

/// Returns the type of a derived request body, such as `ApiKeyCreate`.
pub fn request_model(model: &str, request: &str) -> Ident {
    ident(&format!("{model}{}", request.to_upper_camel_case()))
}

/// Returns the setter of a call for a wire name. Gets a trailing underscore if each call has a method with the same name.
pub fn setter(wire_name: &str) -> Ident {
    let name = field(wire_name);
    if RESERVED_SETTERS.contains(&name.unraw().to_string().as_str()) {
        ident(&format!("{}_", name.unraw()))
    } else {
        name
    }
}

/// Returns the setter that sets a field to null, such as `clear_name`.
pub fn clear(wire_name: &str) -> Ident {
    ident(&format!("clear_{}", snake(wire_name)))
}

/// Returns the variant for a value of a string enum or a key of a union.
pub fn variant(wire_name: &str) -> Ident {
    let camel = whole_acronyms(wire_name).to_upper_camel_case();
    match camel.as_str() {
        "" => ident("Empty"),
        // `Unknown` is the variant for values that are not in the schema.
        "Unknown" | "Self" => ident(&format!("{camel}Value")),
        digits if digits.starts_with(|c: char| c.is_ascii_digit()) => ident(&format!("V{digits}")),
        _ => ident(&camel),
    }
}

/// Returns `true` if [`variant`] names a value for all that it says: its words are letters and digits, and only separators of
/// words are between them.
pub fn has_variant(wire_name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() && unicode_ident::is_xid_continue(c);
    let is_separator = |c: char| matches!(c, '_' | '-' | '.' | '/' | ':' | ' ');
    wire_name.starts_with(is_word)
        && wire_name.ends_with(is_word)
        && wire_name.chars().all(|c| is_word(c) || is_separator(c))
}

/// Returns the handle of a resource, such as `ApiKeys`.
pub fn handle(resource: &str) -> Ident {
    ident(&resource.to_upper_camel_case())
}

/// Returns the type of an operation, such as `GetApiKey` or `ListApiKeys`: a verb, a noun, and the rest of its name.
pub fn operation(operation: &str, resource: &str, singular: Option<&str>) -> Ident {
    let (verb, rest) = operation.split_once('_').unwrap_or((operation, ""));
    let noun = if verb == "list" {
        resource.to_owned()
    } else {
        singular_name(resource, singular)
    };
    ident(&format!("{verb}_{noun}_{rest}").to_upper_camel_case())
}

/// Returns the type alias of an operation's call, such as `GetApiKeyCall`.
pub fn call(operation: &Ident) -> Ident {
    ident(&format!("{operation}Call"))
}

/// Returns the result of an operation that depends on the status, such as `StartJobResponse`.
pub fn response(operation: &Ident) -> Ident {
    ident(&format!("{operation}Response"))
}

/// Returns the variant for a response without a value, given the names of the types of the others.
pub fn no_value(types: &[&str]) -> Ident {
    ident(if types.contains(&"Nothing") {
        "NoContent"
    } else {
        "Nothing"
    })
}

/// Returns the constant for the paging of an operation, such as `LIST_PAGING`.
pub fn paging(operation: &str) -> Ident {
    ident(&format!("{}_PAGING", operation.to_uppercase()))
}

/// Returns the constant for the fixed keys of an operation's request body, such as `REBOOT_FIXED`.
pub fn fixed(operation: &str) -> Ident {
    ident(&format!("{}_FIXED", operation.to_uppercase()))
}

/// Returns a variable name for an object of a resource.
pub fn variable(resource: &str, singular: Option<&str>) -> Ident {
    let name = singular_name(resource, singular);
    // Format strings do not accept raw identifiers.
    ident(&if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    })
}

/// Returns the beginning of an ID with this prefix: followed by an underscore, unless the prefix ends with a separator.
pub fn id_prefix(prefix: &str) -> String {
    let separator = if prefix.ends_with(|last: char| last.is_alphanumeric()) {
        "_"
    } else {
        ""
    };
    format!("{prefix}{separator}")
}

/// Returns the singular of a resource's name: the one in the schema, or one formed by the rules of English.
pub fn singular_name(resource: &str, singular: Option<&str>) -> String {
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

/// A namespace of generated code, with the claimant of each name.
#[derive(Debug)]
pub struct Scope<T> {
    reserved: &'static [&'static str],
    reserved_for: &'static str,
    claims: BTreeMap<String, T>,
}

/// The reason that a name cannot be claimed.
#[derive(Debug, PartialEq, Eq)]
pub enum Collision<'a, T> {
    /// Generated code reserves the name, for this reason.
    Reserved(&'static str),
    /// The name is already used by this definition.
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

    /// Creates the namespace of the types in all generated files.
    pub fn types() -> Self {
        Self::new(RESERVED_TYPES, "generated code uses another type with this name")
    }

    /// Creates the namespace of the generated modules.
    pub fn modules() -> Self {
        Self::new(RESERVED_MODULES, "generated code has another module with this name")
    }

    /// Creates the namespace of the clients' methods.
    pub fn accessors() -> Self {
        Self::new(RESERVED_ACCESSORS, "each client has another method with this name")
    }

    /// Creates the namespace of the methods of a resource.
    pub fn methods() -> Self {
        Self::new(
            &["into", "new", "try_into"],
            "each resource has a function with this name",
        )
    }

    /// Creates the namespace of the arguments of a method, or the variants of a type.
    pub fn members() -> Self {
        Self::new(&[], "")
    }

    /// Creates the namespace of the setters of a type that is sent as is.
    pub fn model_setters() -> Self {
        Self::new(
            &["default", "new"],
            "each type that is sent has a function with this name",
        )
    }

    /// Creates the namespace of the setters of a call and its request body.
    pub fn setters() -> Self {
        Self::new(
            RESERVED_SETTERS,
            "each call or request body has a function with this name",
        )
    }

    /// Returns `true` if an identifier can be claimed.
    pub fn is_free(&self, ident: &Ident) -> bool {
        let name = ident.to_string();
        !self.is_reserved(&name) && !self.claims.contains_key(&name)
    }

    /// Claims an identifier. Fails if it is reserved or already claimed.
    pub fn claim(&mut self, ident: &Ident, claimant: T) -> Result<(), Collision<'_, T>> {
        let name = ident.to_string();
        if self.is_reserved(&name) {
            return Err(Collision::Reserved(self.reserved_for));
        }
        match self.claims.entry(name) {
            Entry::Vacant(name) => {
                name.insert(claimant);
                Ok(())
            }
            Entry::Occupied(first) => Err(Collision::Claimed(first.into_mut())),
        }
    }

    /// Returns `true` for a name that generated code reserves. `r#type` is reserved if `type` is.
    fn is_reserved(&self, name: &str) -> bool {
        self.reserved.contains(&name.strip_prefix("r#").unwrap_or(name))
    }
}

/// Returns `true` for a name that a crate may have in Rust code.
pub fn is_crate_name(name: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_allowed) && !is_keyword(name)
}

/// Returns `true` for a crate of Rust's standard library.
pub fn is_standard_crate(name: &str) -> bool {
    ["alloc", "core", "proc_macro", "std"].contains(&name)
}

/// Returns `true` if a name is a Rust keyword.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name) || ["crate", "self", "super"].contains(&name)
}

/// Returns the name of a resource's file without its extension. It differs from the module for device names of Windows,
/// which cannot be file names there.
pub fn file_stem(resource: &str) -> String {
    const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];
    let module = module(resource).unraw().to_string();
    let is_port = ["com", "lpt"]
        .iter()
        .filter_map(|device| module.strip_prefix(device))
        .any(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()));
    if is_port || DEVICES.contains(&module.as_str()) {
        format!("{module}_")
    } else {
        module
    }
}

/// Returns the indefinite article for a type name.
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
            ("ipv4_2_a", "ipv4_2_a"),
            ("_links", "links"),
            ("a__b_", "a_b"),
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
    fn operation_types_use_singular_or_plural() {
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
    fn uses_explicit_singular() {
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
    fn values_with_other_characters_have_no_variant() {
        for wire in ["allow", "agent/v2", "2023-01", "a: b", "x.y::z", "größe", "日本"] {
            assert!(has_variant(wire), "{wire}");
        }
        for wire in ["", "-created", "_", "a_", ">=", "c++", "x²", "a+b", "$", " a", "\"a\""] {
            assert!(!has_variant(wire), "{wire}");
        }
    }

    #[test]
    fn constants_are_unique() {
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
    fn prefixes_of_ids_end_with_a_separator() {
        assert_eq!(
            ["ep", "ep_", "ep-", "r2", "ap:"].map(id_prefix),
            ["ep_", "ep_", "ep-", "r2_", "ap:"]
        );
    }

    #[test]
    fn names_cannot_be_claimed_twice() {
        let mut fields = Scope::members();
        assert_eq!(fields.claim(&field("user_id"), 1), Ok(()));
        assert_eq!(fields.claim(&field("userId"), 2), Err(Collision::Claimed(&1)));
        assert_eq!(fields.claim(&field("id"), 3), Ok(()));
    }

    #[test]
    fn plurals_of_acronyms_are_words() {
        for (name, expected) in [
            ("redirectURIs", "redirect_uris"),
            ("allowedIPsV4", "allowed_ips_v4"),
            ("URLs", "urls"),
            ("userIDs_seen", "user_ids_seen"),
            ("HTTPServer", "http_server"),
            ("GPUstatus", "gp_ustatus"),
            ("AsIs", "as_is"),
        ] {
            assert_eq!(field(name), expected);
        }
        assert_eq!(variant("ALLOWED-IPs"), "AllowedIps");
    }
}
