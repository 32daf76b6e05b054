//! Checks a filter against the language and the fields of the objects.

use std::collections::BTreeSet;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use super::language::{COMPARISONS, FUNCTIONS, MAX_DEPTH, OBJECT, SIZE, SUBTRACT, TIME, TIMESTAMP};
use crate::fake::table::{Fields, ValueType};

/// The kind of value that a part of a condition has, as far as the schema tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Boolean,
    Number,
    String,
    Time,
    List,
    /// Null, an object, or what is not known.
    Other,
}

impl Kind {
    fn of(ty: Option<ValueType>) -> Self {
        match ty.map(ValueType::inner) {
            Some(ValueType::Boolean) => Self::Boolean,
            Some(ValueType::Int32 | ValueType::Int64 | ValueType::Uint32 | ValueType::Uint64 | ValueType::Float64) => {
                Self::Number
            }
            Some(ValueType::Text) => Self::String,
            Some(ValueType::Timestamp) => Self::Time,
            Some(ValueType::List(_)) => Self::List,
            Some(
                ValueType::Json
                | ValueType::Map(_)
                | ValueType::Optional(_)
                | ValueType::Object(_)
                | ValueType::Union(_),
            )
            | None => Self::Other,
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Self::Boolean => "a truth value",
            Self::Number => "a number",
            Self::String => "a text",
            Self::Time => "a time (write `timestamp(\"…\")`)",
            Self::List => "a list",
            Self::Other => "an object",
        }
    }
}

/// Checks a condition, and returns the fields of the object that it names.
pub(super) fn check(condition: &IdedExpr, item: Fields) -> Result<BTreeSet<String>, String> {
    let mut checker = Checker {
        item,
        fields: BTreeSet::new(),
    };
    checker.check(condition, MAX_DEPTH)?;
    Ok(checker.fields)
}

struct Checker {
    item: Fields,
    /// The fields of the object that were named so far.
    fields: BTreeSet<String>,
}

impl Checker {
    /// Checks an expression that may be nested this deep.
    fn check(&mut self, expression: &IdedExpr, depth: usize) -> Result<Kind, String> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(format!("it is nested deeper than {MAX_DEPTH} levels"));
        };
        match &expression.expr {
            Expr::Literal(value) => literal(value),
            Expr::Ident(name) if name == OBJECT => Err(format!("name a field, as in `{OBJECT}.id`")),
            Expr::Ident(name) => Err(format!("there is no `{name}`: write `{OBJECT}.{name}` for a field")),
            Expr::Select(select) if select.test => Err("`has` is no part of filters".to_owned()),
            Expr::Select(_) => self.field(expression).map(Kind::of),
            Expr::List(list) => {
                for element in &list.elements {
                    self.check(element, depth)?;
                }
                Ok(Kind::List)
            }
            Expr::Call(call) => self.call(call, depth),
            Expr::Comprehension(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                Err("macros, maps and structures are no part of filters".to_owned())
            }
        }
    }

    fn call(&mut self, call: &CallExpr, depth: usize) -> Result<Kind, String> {
        let name = call.func_name.as_str();
        let shown = name.trim_matches(['_', '@']);
        let arguments = call.args.len() + usize::from(call.target.is_some());
        let misplaced = match name {
            SUBTRACT => call.target.is_none(),
            TIMESTAMP => call.target.is_some(),
            _ => false,
        };
        match FUNCTIONS.iter().find(|(known, _)| *known == name) {
            None => return Err(format!("`{shown}` is no part of filters")),
            Some((_, expected)) if arguments != *expected || misplaced => {
                return Err(format!("`{shown}` is called in another way"));
            }
            Some(_) => {}
        }
        let mut kinds = Vec::new();
        for argument in call.target.as_deref().into_iter().chain(&call.args) {
            kinds.push(self.check(argument, depth)?);
        }
        if let ([left, right], true) = (kinds.as_slice(), COMPARISONS.contains(&name))
            && left != right
            && ![*left, *right].contains(&Kind::Other)
        {
            let (left, right) = (left.describe(), right.describe());
            return Err(format!("`{shown}` cannot compare {left} with {right}"));
        }
        if name == TIMESTAMP
            && kinds
                .iter()
                .any(|kind| [Kind::Number, Kind::Boolean, Kind::List].contains(kind))
        {
            return Err(format!("`{TIMESTAMP}` takes a text as in RFC 3339"));
        }
        Ok(match name {
            SIZE => Kind::Number,
            TIMESTAMP | SUBTRACT => Kind::Time,
            _ => Kind::Boolean,
        })
    }

    /// The type of a field, or of a field within it; none if the schema does not tell.
    fn field(&mut self, expression: &IdedExpr) -> Result<Option<ValueType>, String> {
        let select = match &expression.expr {
            Expr::Select(select) if !select.test => select,
            _ => return Err("fields are read from `obj` alone".to_owned()),
        };
        let name = select.field.as_str();
        if let Expr::Ident(variable) = &select.operand.expr
            && variable == TIME
        {
            return match name {
                "now" => Ok(Some(ValueType::Timestamp)),
                _ => Err(format!("`{TIME}` has no field `{name}`")),
            };
        }
        if matches!(&select.operand.expr, Expr::Ident(variable) if variable == OBJECT) {
            self.fields.insert(name.to_owned());
            return field_type(self.item, name);
        }
        match self.field(&select.operand)?.map(ValueType::inner) {
            Some(ValueType::Object(fields) | ValueType::Union(fields)) => field_type(fields, name),
            Some(ValueType::Map(item)) => Ok(Some(*item)),
            Some(ValueType::Json) | None => Ok(None),
            Some(_) => Err(format!("nothing has a field `{name}` there")),
        }
    }
}

fn field_type(fields: Fields, name: &str) -> Result<Option<ValueType>, String> {
    let field = fields.iter().find(|field| field.name == name && !field.write_only);
    field
        .map(|field| Some(field.ty))
        .ok_or_else(|| format!("there is no field `{name}`"))
}

fn literal(value: &LiteralValue) -> Result<Kind, String> {
    match value {
        LiteralValue::Boolean(_) => Ok(Kind::Boolean),
        LiteralValue::Double(_) | LiteralValue::Int(_) | LiteralValue::UInt(_) => Ok(Kind::Number),
        LiteralValue::String(_) => Ok(Kind::String),
        LiteralValue::Null => Ok(Kind::Other),
        LiteralValue::Bytes(_) => Err("bytes are no part of filters".to_owned()),
    }
}
