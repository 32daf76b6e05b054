//! Writes types and their fields.

use super::schema::Schema;
use crate::names::{self, Scope};
use crate::openapi::import::draft::{
    Expr, FieldDraft, Kind, MemberDraft, ObjectDraft, Origin, TypeDraft, TypeId, ValueDraft,
};
use crate::openapi::import::names::{claim, claim_all, snake};
use crate::openapi::import::types::named;
use crate::openapi::import::yaml::{self, Yaml};
use crate::syntax::Scalar;

/// The note on everything that the document marks as deprecated.
pub(super) const DEPRECATED: &str = "deprecated by the API";

type Entries = Vec<(String, Yaml)>;

impl Schema<'_, '_> {
    pub(super) fn type_entry(&self, id: TypeId) -> Yaml {
        let draft = self.types.get(id);
        let mut entries = vec![("doc".to_owned(), Yaml::text(self.type_doc(id, draft)))];
        if let Some(prefix) = &draft.id_prefix {
            entries.push(("id_prefix".to_owned(), Yaml::text(prefix)));
        }
        if draft.deprecated {
            entries.push(("deprecated".to_owned(), Yaml::text(DEPRECATED)));
        }
        match &draft.kind {
            Kind::Pending | Kind::Alias(_) | Kind::Union(_) => {}
            Kind::Object(object) => self.object(id, object, &mut entries),
            Kind::Enum(values) => entries.push(("values".to_owned(), Yaml::Map(enum_values(values)))),
            Kind::Integers(values) => entries.push(("integers".to_owned(), Yaml::Numbered(integers(values)))),
            Kind::Tagged(tag, members) => {
                entries.push(("tag".to_owned(), Yaml::Plain(yaml::scalar(tag))));
                entries.push(("one_of".to_owned(), Yaml::Map(self.tagged(members))));
            }
            Kind::AnyOf(members) => entries.push(("any_of".to_owned(), Yaml::Map(self.any_of(members)))),
        }
        Yaml::Block(entries)
    }

    fn type_doc(&self, id: TypeId, draft: &TypeDraft) -> String {
        let made = match &draft.origin {
            Origin::Operation(index, word) => self.operations.get(*index).and_then(|operation| match word.as_str() {
                "body" => Some(format!("Request body of `{}`.", operation.place)),
                "response" => Some(format!("Response of `{}`.", operation.place)),
                _ => None,
            }),
            Origin::Component(_) | Origin::Part(..) => None,
        };
        let name = || named(self.names.get(&id).map_or("value", String::as_str));
        draft.doc.clone().or(made).unwrap_or_else(name)
    }

    fn object(&self, id: TypeId, object: &ObjectDraft, entries: &mut Entries) {
        let (sent, received) = (self.usage.sent.contains(&id), self.usage.received.contains(&id));
        let mut scope = if sent { Scope::model_setters() } else { Scope::members() };
        let mut fields = Entries::new();
        for field in &object.fields {
            let mut entry = vec![("type".to_owned(), Yaml::Plain(self.field_type(field, sent)))];
            let is_key = field.is_present();
            if is_key && sent && (!field.read_only || field.is_key) {
                entry.push(("required".to_owned(), Yaml::plain("true")));
            }
            if field.is_key && received {
                entry.push(("read".to_owned(), Yaml::plain("required")));
            }
            entry.extend(alias(&field.name, &mut scope));
            entry.extend(self.field_details(field));
            fields.push((field.name.clone(), Yaml::Map(entry)));
        }
        if fields.is_empty() {
            // A type needs a field.
            let entry = [("type", Yaml::plain("json")), ("doc", Yaml::text("Never present."))];
            let entry = entry.map(|(key, value)| (key.to_owned(), value));
            fields.push(("_".to_owned(), Yaml::Map(entry.to_vec())));
        }
        entries.push(("fields".to_owned(), Yaml::Block(fields)));
        if let Some(additional) = &object.additional {
            let ty = Yaml::Plain(self.written(additional));
            let name = claim(&mut scope, &["additional", "additional_keys"], |name| {
                [names::field(name)]
            });
            let value = if name == "additional" {
                ty
            } else {
                Yaml::Map(vec![("type".to_owned(), ty), ("as".to_owned(), Yaml::Plain(name))])
            };
            entries.push(("additional".to_owned(), value));
        }
    }

    /// Returns the type of a field as the schema writes it.
    fn field_type(&self, field: &FieldDraft, sent: bool) -> String {
        let expr = self.types.resolved(&field.expr);
        // An empty list or map stands for an absent one, unless a request may contain either.
        let has_empty = matches!(expr, Expr::List(_) | Expr::Map(_));
        let is_unsent_time = field.read_only
            && sent
            && !field.is_key
            && matches!(expr, Expr::Scalar(scalar) if scalar.has_no_empty_value());
        let is_optional = !field.is_present() && (sent || field.nullable || !has_empty);
        self.written(&if is_optional || is_unsent_time {
            expr.optional()
        } else {
            expr
        })
    }

    fn field_details(&self, field: &FieldDraft) -> Entries {
        let mut entries = Entries::new();
        let expr = self.types.resolved(&field.expr);
        if field.secret && *expr.required() == Expr::Scalar(Scalar::String) {
            entries.push(("secret".to_owned(), Yaml::plain("true")));
        }
        let literals = [("default", &field.default), ("example", &field.example)];
        for (key, value) in literals {
            let literal = value.as_ref().and_then(|value| self.literal(&expr, value));
            entries.extend(literal.map(|literal| (key.to_owned(), literal)));
        }
        if field.deprecated {
            entries.push(("deprecated".to_owned(), Yaml::text(DEPRECATED)));
        }
        let doc = field.doc.clone().or_else(|| self.types.doc_of_alias(&field.expr));
        let doc = doc.unwrap_or_else(|| named(&field.name));
        entries.push(("doc".to_owned(), Yaml::text(doc)));
        entries
    }

    fn tagged(&self, members: &[MemberDraft]) -> Entries {
        let mut scope = Scope::members();
        let entries = members.iter().map(|member| {
            let ty = member
                .expr
                .as_ref()
                .map_or_else(|| "nothing".to_owned(), |expr| self.written(expr));
            let name = value_alias(&member.key, None, &mut scope);
            let value = detailed(name, ty, member.doc.as_deref());
            (member.key.clone(), value)
        });
        entries.collect()
    }

    fn any_of(&self, members: &[MemberDraft]) -> Entries {
        let mut scope = Scope::members();
        let entries = members.iter().filter_map(|member| {
            let expr = member.expr.as_ref()?;
            let key = claim(&mut scope, &[&self.member_key(expr)], |name| [names::variant(name)]);
            Some((key, detailed(None, self.written(expr), member.doc.as_deref())))
        });
        entries.collect()
    }

    /// Returns the name of a member that is known by its type.
    fn member_key(&self, expr: &Expr) -> String {
        match self.types.resolved(expr) {
            Expr::Scalar(scalar) => match scalar {
                Scalar::Quoted(quoted) => format!("quoted_{}", quoted.unquoted().name()),
                Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => "integer".to_owned(),
                Scalar::Float64 => "number".to_owned(),
                scalar => scalar.name().to_owned(),
            },
            Expr::Named(id) => snake(self.names.get(&id).map_or("value", String::as_str)),
            Expr::List(_) => "list".to_owned(),
            Expr::Map(_) => "map".to_owned(),
            Expr::Optional(inner) => self.member_key(&inner),
        }
    }
}

/// Claims the Rust name of a field or parameter. Returns `as` if it is not that of its own name.
///
/// A setter of a call can have another name than the field.
pub(super) fn alias(name: &str, scope: &mut Scope<()>) -> Option<(String, Yaml)> {
    let idents = |name: &str| [names::field(name), names::setter(name)];
    let rust = names::field(name).to_string();
    let has_name = !name.is_empty() && rust != "unnamed" && !rust.starts_with('_');
    if has_name && claim_all(scope, &idents(name)) {
        return None;
    }
    let words = spelled(name);
    let name = claim(scope, &[&words, &format!("{words}_value")], idents);
    Some(("as".to_owned(), Yaml::Plain(name)))
}

/// Returns a name in which signs are words, such as `plus_1` for `+1`.
fn spelled(name: &str) -> String {
    let mut words = String::new();
    for (index, c) in name.chars().enumerate() {
        let word = match c {
            '+' => " plus ",
            '-' if index == 0 => " minus ",
            '!' => " not ",
            '=' => " equals ",
            '<' => " less ",
            '>' => " greater ",
            '*' => " star ",
            '@' => " at ",
            '$' => " dollar ",
            '#' => " number ",
            '%' => " percent ",
            '&' => " and ",
            '~' => " about ",
            _ => {
                words.push(c);
                continue;
            }
        };
        words.push_str(word);
    }
    let snake = snake(&words);
    if snake == "unnamed" && name.is_empty() {
        "empty".to_owned()
    } else {
        snake
    }
}

/// Writes a member of a union.
fn detailed(name: Option<String>, ty: String, doc: Option<&str>) -> Yaml {
    if name.is_none() && doc.is_none() {
        return Yaml::Plain(ty);
    }
    let name = name.map(|name| ("as".to_owned(), Yaml::Plain(name)));
    let doc = doc.map(|doc| ("doc".to_owned(), Yaml::text(doc)));
    let entries = name
        .into_iter()
        .chain([("type".to_owned(), Yaml::Plain(ty))])
        .chain(doc);
    Yaml::Map(entries.collect())
}

/// Claims the variant of a value. Returns `as` if it is not that of the value itself, because the document names the value, or
/// because its own name is taken or not valid in Rust.
fn value_alias(value: &str, name: Option<&str>, scope: &mut Scope<()>) -> Option<String> {
    let idents = |name: &str| [names::variant(name)];
    let variant = names::variant(value);
    let has_variant = names::has_variant(value) && variant.to_string().is_ascii();
    let name = name
        .map(snake)
        .filter(|name| !has_variant || names::variant(name) != variant);
    if let Some(name) = name {
        return Some(claim(scope, &[&name], idents));
    }
    if has_variant && claim_all(scope, &[variant]) {
        return None;
    }
    Some(claim(scope, &[&spelled(value)], idents))
}

fn enum_values(values: &[ValueDraft<String>]) -> Entries {
    let mut scope = Scope::members();
    let entries = values.iter().map(|value| {
        let alias = value_alias(&value.value, value.name.as_deref(), &mut scope);
        let written = match (alias, &value.doc) {
            (Some(name), doc) => {
                let doc = doc.iter().map(|doc| ("doc".to_owned(), Yaml::text(doc)));
                Yaml::Map(
                    std::iter::once(("as".to_owned(), Yaml::Plain(name)))
                        .chain(doc)
                        .collect(),
                )
            }
            (None, Some(doc)) => Yaml::text(doc),
            (None, None) => Yaml::plain(""),
        };
        (value.value.clone(), written)
    });
    entries.collect()
}

fn integers(values: &[ValueDraft<i64>]) -> Vec<(i64, Yaml)> {
    let mut scope = Scope::members();
    let entries = values.iter().map(|value| {
        let number = if value.value < 0 {
            format!("minus_{}", value.value.unsigned_abs())
        } else {
            format!("value_{}", value.value)
        };
        let name = value.name.as_deref().map_or(number, snake);
        let name = claim(&mut scope, &[&name], |name| [names::variant(name)]);
        let doc = value.doc.iter().map(|doc| ("doc".to_owned(), Yaml::text(doc)));
        let entries = std::iter::once(("as".to_owned(), Yaml::Plain(name))).chain(doc);
        (value.value, Yaml::Map(entries.collect()))
    });
    entries.collect()
}
