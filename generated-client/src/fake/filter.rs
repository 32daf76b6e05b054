//! Conditions on what a list shows: the part of CEL that the API documents, read and evaluated by the crate `cel`.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Display;
use std::sync::Arc;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};
use cel::extractors::This;
use cel::parser::PrattParser;
use cel::{Context, ExecutionError, Value as Cel};
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::{Map, Value};

use super::index::Index;
use super::refusal::Refusal;
use super::table::{Field, Shape, Type};
use crate::runtime::Timestamp;

/// The variable that stands for each object.
const OBJECT: &str = "obj";

/// The variable whose field `now` is the time.
const TIME: &str = "time";

/// No filter is longer, in bytes: what parses and evaluates it calls itself for each level.
const LONGEST: usize = 4096;

/// How deep operators and lists may be nested.
const DEEPEST: usize = 32;

/// The operators that join conditions.
const LOGICAL: [&str; 3] = [operators::LOGICAL_AND, operators::LOGICAL_OR, operators::LOGICAL_NOT];

/// The operators and functions of filters, with how many arguments each takes, its target counted.
const FUNCTIONS: &[(&str, usize)] = &[
    (operators::LOGICAL_AND, 2),
    (operators::LOGICAL_OR, 2),
    (operators::LOGICAL_NOT, 1),
    (operators::EQUALS, 2),
    (operators::NOT_EQUALS, 2),
    (operators::LESS, 2),
    (operators::LESS_EQUALS, 2),
    (operators::GREATER, 2),
    (operators::GREATER_EQUALS, 2),
    (operators::IN, 2),
    ("size", 1),
    (TIMESTAMP, 1),
    (SUBTRACT, 2),
];

/// The function that reads a time.
const TIMESTAMP: &str = "timestamp";

/// The operators whose operands must be of one kind.
const COMPARISONS: [&str; 6] = [
    operators::EQUALS,
    operators::NOT_EQUALS,
    operators::LESS,
    operators::LESS_EQUALS,
    operators::GREATER,
    operators::GREATER_EQUALS,
];

/// The method that takes a length of time off a time.
const SUBTRACT: &str = "subtract";

/// A condition on the objects of a shape.
pub(crate) struct Filter {
    expression: IdedExpr,
    index: &'static Index,
    shape: &'static Shape,
    /// The fields of the object that the condition names.
    fields: BTreeSet<String>,
    /// What is the same for every object.
    context: Context<'static, 'static>,
}

impl Filter {
    /// Reads a condition, and tries it on an object without content: what is wrong shows though a list is empty.
    pub(crate) fn new(
        index: &'static Index,
        shape: &'static Shape,
        text: &str,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        if text.len() > LONGEST {
            return Err(invalid(format_args!("it is longer than {LONGEST} bytes")));
        }
        let parsed = PrattParser::new().parse(text);
        let expression = parsed.map_err(invalid)?;
        let mut checker = Checker {
            index,
            shape,
            fields: BTreeSet::new(),
        };
        checker.check(&expression, DEEPEST).map_err(invalid)?;
        let fields = checker.fields;
        let filter = Self {
            expression,
            index,
            shape,
            fields,
            context: context(now)?,
        };
        filter.probe(&filter.expression)?;
        Ok(filter)
    }

    /// Tries a condition on an object without content; what `&&` and `||` join, by itself.
    fn probe(&self, condition: &IdedExpr) -> Result<(), Refusal> {
        if let Expr::Call(call) = &condition.expr
            && LOGICAL.contains(&call.func_name.as_str())
        {
            return call.args.iter().try_for_each(|part| self.probe(part));
        }
        match self.evaluate(condition, &Map::new(), true) {
            // A key that a map need not have tells nothing.
            Ok(Cel::Bool(_)) | Err(ExecutionError::NoSuchKey(_)) => Ok(()),
            Ok(_) => Err(invalid("what it asks is neither true nor false")),
            Err(error) => Err(invalid(error)),
        }
    }

    /// Whether an object meets the condition. One on which it cannot be evaluated does not.
    pub(crate) fn takes(&self, object: &Map<String, Value>) -> bool {
        matches!(self.evaluate(&self.expression, object, false), Ok(Cel::Bool(true)))
    }

    fn evaluate(&self, expression: &IdedExpr, object: &Map<String, Value>, probe: bool) -> Result<Cel, ExecutionError> {
        let reader = Reader {
            index: self.index,
            probe,
        };
        let named = self
            .shape
            .fields
            .iter()
            .filter(|field| self.fields.contains(field.name));
        let mut context = self.context.new_inner_scope();
        context.add_variable_from_value(OBJECT, reader.fields(named, object));
        Cel::resolve(expression, &context)
    }

    /// Whether the condition asks for what is shown of other objects with the one it is about.
    pub(crate) fn asks_for_children(&self) -> bool {
        let mut fields = self.shape.fields.iter();
        fields.any(|field| field.children.is_some() && self.fields.contains(field.name))
    }
}

/// What conditions can use besides the object.
fn context(now: Timestamp) -> Result<Context<'static, 'static>, Refusal> {
    let mut context = Context::default();
    context.add_variable_from_value(TIME, HashMap::from([("now".to_owned(), time(now))]));
    context.add_function(SUBTRACT, subtract).map_err(invalid)?;
    Ok(context)
}

fn invalid(why: impl Display) -> Refusal {
    Refusal::bad(format!("the filter is invalid: {why}"))
}

#[expect(clippy::needless_pass_by_value, reason = "what CEL calls takes values")]
fn subtract(This(time): This<DateTime<FixedOffset>>, length: Arc<String>) -> Result<Cel, ExecutionError> {
    let earlier = parse_length(&length).and_then(|length| time.checked_sub_signed(length));
    let error = || ExecutionError::function_error(SUBTRACT, format!("`{length}` is no length of time such as `7d`"));
    earlier.map(Cel::Timestamp).ok_or_else(error)
}

/// A length such as `7d` or `1h30m`.
fn parse_length(text: &str) -> Option<TimeDelta> {
    let mut total = TimeDelta::zero();
    let mut rest = text;
    while !rest.is_empty() {
        let unit = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = rest[..unit].parse().ok()?;
        let seconds = match rest.as_bytes()[unit] {
            b'd' => 86_400,
            b'h' => 3_600,
            b'm' => 60,
            b's' => 1,
            _ => return None,
        };
        let part = TimeDelta::try_seconds(count.checked_mul(seconds)?)?;
        total = total.checked_add(&part)?;
        rest = &rest[unit + 1..];
    }
    (!text.is_empty()).then_some(total)
}

/// What kind of value a part of a condition has, as far as the schema tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Truth,
    Number,
    Text,
    Time,
    List,
    /// Null, an object, or what is not known.
    Other,
}

impl Sort {
    fn of(ty: Option<Type>) -> Self {
        match ty.map(Type::inner) {
            Some(Type::Boolean) => Self::Truth,
            Some(Type::Int32 | Type::Int64 | Type::Uint32 | Type::Uint64 | Type::Float64) => Self::Number,
            Some(Type::Text) => Self::Text,
            Some(Type::Timestamp) => Self::Time,
            Some(Type::List(_)) => Self::List,
            Some(Type::Json | Type::Map(_) | Type::Optional(_) | Type::Object(_)) | None => Self::Other,
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Self::Truth => "a truth value",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Time => "a time (write `timestamp(\"…\")`)",
            Self::List => "a list",
            Self::Other => "an object",
        }
    }
}

/// Holds a condition against what the API documents of conditions.
struct Checker {
    index: &'static Index,
    shape: &'static Shape,
    /// The fields of the object that were named so far.
    fields: BTreeSet<String>,
}

impl Checker {
    fn check(&mut self, expression: &IdedExpr, depth: usize) -> Result<Sort, String> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(format!("it is nested deeper than {DEEPEST} levels"));
        };
        match &expression.expr {
            Expr::Literal(value) => literal(value),
            Expr::Ident(name) if name == OBJECT => Err(format!("name a field, as in `{OBJECT}.id`")),
            Expr::Ident(name) => Err(format!("there is no `{name}`: write `{OBJECT}.{name}` for a field")),
            Expr::Select(select) if select.test => Err("`has` is no part of filters".to_owned()),
            Expr::Select(_) => self.field(expression).map(Sort::of),
            Expr::List(list) => {
                for element in &list.elements {
                    self.check(element, depth)?;
                }
                Ok(Sort::List)
            }
            Expr::Call(call) => self.call(call, depth),
            Expr::Comprehension(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                Err("macros, maps and structures are no part of filters".to_owned())
            }
        }
    }

    fn call(&mut self, call: &CallExpr, depth: usize) -> Result<Sort, String> {
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
        let mut sorts = Vec::new();
        for argument in call.target.as_deref().into_iter().chain(&call.args) {
            sorts.push(self.check(argument, depth)?);
        }
        if let ([left, right], true) = (sorts.as_slice(), COMPARISONS.contains(&name))
            && left != right
            && ![*left, *right].contains(&Sort::Other)
        {
            let (left, right) = (left.describe(), right.describe());
            return Err(format!("`{shown}` cannot compare {left} with {right}"));
        }
        if name == TIMESTAMP
            && sorts
                .iter()
                .any(|sort| [Sort::Number, Sort::Truth, Sort::List].contains(sort))
        {
            return Err(format!("`{TIMESTAMP}` takes a text as in RFC 3339"));
        }
        Ok(match name {
            "size" => Sort::Number,
            TIMESTAMP | SUBTRACT => Sort::Time,
            _ => Sort::Truth,
        })
    }

    /// The type of what a path of names leads to; none where the schema does not tell.
    fn field(&mut self, expression: &IdedExpr) -> Result<Option<Type>, String> {
        let select = match &expression.expr {
            Expr::Ident(name) if name == OBJECT => return Ok(Some(Type::Object(self.shape.name))),
            Expr::Select(select) if !select.test => select,
            _ => return Err("fields are read from `obj` alone".to_owned()),
        };
        let name = select.field.as_str();
        if let Expr::Ident(variable) = &select.operand.expr
            && variable == TIME
        {
            return match name {
                "now" => Ok(Some(Type::Timestamp)),
                _ => Err(format!("`{TIME}` has no field `{name}`")),
            };
        }
        if matches!(&select.operand.expr, Expr::Ident(variable) if variable == OBJECT) {
            self.fields.insert(name.to_owned());
        }
        match self.field(&select.operand)?.map(Type::inner) {
            Some(Type::Object(shape)) => {
                let mut fields = self.index.shape(shape).into_iter().flat_map(|shape| shape.fields);
                let field = fields.find(|field| field.name == name && !field.hidden);
                field
                    .map(|field| Some(field.ty))
                    .ok_or_else(|| format!("there is no field `{name}`"))
            }
            Some(Type::Map(item)) => Ok(Some(*item)),
            Some(Type::Json) | None => Ok(None),
            Some(_) => Err(format!("nothing has a field `{name}` there")),
        }
    }
}

fn literal(value: &LiteralValue) -> Result<Sort, String> {
    match value {
        LiteralValue::Boolean(_) => Ok(Sort::Truth),
        LiteralValue::Double(_) | LiteralValue::Int(_) | LiteralValue::UInt(_) => Ok(Sort::Number),
        LiteralValue::String(_) => Ok(Sort::Text),
        LiteralValue::Null => Ok(Sort::Other),
        LiteralValue::Bytes(_) => Err("bytes are no part of filters".to_owned()),
    }
}

/// Turns objects as answers show them into values of CEL: what is absent is empty, times are times.
struct Reader {
    index: &'static Index,
    /// Whether the object is made up: what need not be there is, so that its type can be tried.
    probe: bool,
}

impl Reader {
    fn shape(&self, shape: &Shape, object: &Map<String, Value>) -> HashMap<String, Cel> {
        self.fields(shape.fields.iter(), object)
    }

    fn fields<'f>(&self, fields: impl Iterator<Item = &'f Field>, object: &Map<String, Value>) -> HashMap<String, Cel> {
        fields
            .filter(|field| !field.hidden)
            .map(|field| (field.name.to_owned(), self.value(field.ty, object.get(field.name))))
            .collect()
    }

    fn value(&self, ty: Type, value: Option<&Value>) -> Cel {
        match (ty, value.filter(|value| !value.is_null())) {
            (Type::Optional(inner), None) if self.probe => self.value(*inner, None),
            (Type::Optional(Type::Text), None) => text(""),
            (Type::Optional(_) | Type::Json, None) => Cel::Null,
            (Type::Optional(inner), some) => self.value(*inner, some),
            (Type::Text, some) => text(some.and_then(Value::as_str).unwrap_or_default()),
            (Type::Boolean, some) => Cel::Bool(some.and_then(Value::as_bool).unwrap_or_default()),
            (Type::Int32 | Type::Int64, some) => Cel::Int(some.and_then(Value::as_i64).unwrap_or_default()),
            (Type::Uint32 | Type::Uint64, some) => Cel::UInt(some.and_then(Value::as_u64).unwrap_or_default()),
            (Type::Float64, some) => Cel::Float(some.and_then(Value::as_f64).unwrap_or_default()),
            (Type::Timestamp, some) => {
                let parsed = some.and_then(Value::as_str).and_then(|text| text.parse().ok());
                time(parsed.unwrap_or_default())
            }
            (Type::List(item), some) => {
                let items = some.and_then(Value::as_array).into_iter().flatten();
                Cel::List(Arc::new(items.map(|value| self.value(*item, Some(value))).collect()))
            }
            (Type::Map(item), some) => {
                let entries = some.and_then(Value::as_object).into_iter().flatten();
                let entries = entries.map(|(key, value)| (key.clone(), self.value(*item, Some(value))));
                entries.collect::<HashMap<_, _>>().into()
            }
            (Type::Object(name), some) => match self.index.shape(name) {
                Some(shape) => {
                    let empty = Map::new();
                    self.shape(shape, some.and_then(Value::as_object).unwrap_or(&empty))
                        .into()
                }
                None => Cel::Null,
            },
            (Type::Json, Some(value)) => cel::to_value(value).unwrap_or(Cel::Null),
        }
    }
}

fn text(text: &str) -> Cel {
    Cel::String(Arc::new(text.to_owned()))
}

fn time(time: Timestamp) -> Cel {
    match DateTime::from_timestamp(time.as_second(), 0) {
        Some(time) => Cel::Timestamp(time.fixed_offset()),
        None => Cel::Null,
    }
}
