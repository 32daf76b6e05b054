//! Checks a filter against the language and the fields of the objects.

use std::collections::BTreeSet;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use super::language::{COMPARISONS, FUNCTIONS, MAX_DEPTH, OBJECT, SIZE, SUBTRACT, TIME, TIMESTAMP};
use crate::fake::table::{Fields, ValueType};

/// The type of an expression, as far as the schema determines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Boolean,
    Number,
    String,
    Time,
    List,
    /// Null, an object, or an unknown type.
    Other,
}

impl Kind {
    fn of(ty: Option<ValueType>) -> Self {
        match ty.map(ValueType::inner) {
            Some(ValueType::Boolean) => Self::Boolean,
            Some(ValueType::Int32 | ValueType::Int64 | ValueType::Uint32 | ValueType::Uint64 | ValueType::Float64) => {
                Self::Number
            }
            Some(ValueType::Epoch | ValueType::EpochMs) => Self::Number,
            Some(ValueType::Text | ValueType::Date | ValueType::Uuid | ValueType::Base64 | ValueType::Quoted(_)) => {
                Self::String
            }
            Some(ValueType::Timestamp) => Self::Time,
            Some(ValueType::List(_)) => Self::List,
            Some(
                ValueType::Json
                | ValueType::Map(_)
                | ValueType::Optional(_)
                | ValueType::Object(_)
                | ValueType::Union(_)
                | ValueType::Tagged(..)
                | ValueType::AnyOf(_),
            )
            | None => Self::Other,
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Time => "a timestamp (write `timestamp(\"…\")`)",
            Self::List => "a list",
            Self::Other => "an object",
        }
    }
}

/// Checks a condition, and returns the fields that it reads.
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
    /// The fields found so far.
    fields: BTreeSet<String>,
}

impl Checker {
    /// Checks an expression. Returns an error if it is nested deeper than `depth` levels.
    fn check(&mut self, expression: &IdedExpr, depth: usize) -> Result<Kind, String> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(format!("nested deeper than {MAX_DEPTH} levels"));
        };
        match &expression.expr {
            Expr::Literal(value) => literal(value),
            Expr::Ident(name) if name == OBJECT => Err(format!(
                "`{OBJECT}` is not a value: name a field, such as `{OBJECT}.id`"
            )),
            Expr::Ident(name) => Err(format!(
                "unknown variable `{name}`: write `{OBJECT}.{name}` for a field"
            )),
            Expr::Select(select) if select.test => Err("`has` is not supported".to_owned()),
            Expr::Select(_) => self.field(expression).map(Kind::of),
            Expr::List(list) => {
                for element in &list.elements {
                    self.check(element, depth)?;
                }
                Ok(Kind::List)
            }
            Expr::Call(call) => self.call(call, depth),
            Expr::Comprehension(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                Err("macros, maps and structures are not supported".to_owned())
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
            None => return Err(format!("`{shown}` is not supported")),
            Some((_, expected)) if arguments != *expected || misplaced => {
                return Err(format!("wrong arguments for `{shown}`"));
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
            return Err(format!("`{TIMESTAMP}` requires an RFC 3339 string"));
        }
        Ok(match name {
            SIZE => Kind::Number,
            TIMESTAMP | SUBTRACT => Kind::Time,
            _ => Kind::Boolean,
        })
    }

    /// Returns the type of a field or of a nested field, or `None` if the schema does not determine it.
    fn field(&mut self, expression: &IdedExpr) -> Result<Option<ValueType>, String> {
        let select = match &expression.expr {
            Expr::Select(select) if !select.test => select,
            _ => return Err("fields can only be read from `obj`".to_owned()),
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
            Some(ValueType::Json | ValueType::Tagged(..) | ValueType::AnyOf(_)) | None => Ok(None),
            Some(_) => Err(format!("cannot read field `{name}` of a value that is not an object")),
        }
    }
}

fn field_type(fields: Fields, name: &str) -> Result<Option<ValueType>, String> {
    let field = fields.iter().find(|field| field.name == name && !field.write_only);
    field
        .map(|field| Some(field.ty))
        .ok_or_else(|| format!("unknown field `{name}`"))
}

fn literal(value: &LiteralValue) -> Result<Kind, String> {
    match value {
        LiteralValue::Boolean(_) => Ok(Kind::Boolean),
        LiteralValue::Double(_) | LiteralValue::Int(_) | LiteralValue::UInt(_) => Ok(Kind::Number),
        LiteralValue::String(_) => Ok(Kind::String),
        LiteralValue::Null => Ok(Kind::Other),
        LiteralValue::Bytes(_) => Err("bytes literals are not supported".to_owned()),
    }
}
