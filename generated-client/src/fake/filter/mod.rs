//! Filters on lists: a subset of CEL, parsed and evaluated by the crate `cel`.

mod check;
mod language;
mod values;

use std::collections::BTreeSet;
use std::fmt::Display;

use cel::common::ast::{Expr, IdedExpr};
use cel::parser::PrattParser;
use cel::{Context, ExecutionError, Value as Cel};
use serde_json::{Map, Value};

use self::check::check;
use self::language::{LOGICAL, MAX_LENGTH, OBJECT, context};
use self::values::CelValues;
use super::table::Fields;
use super::table::rules::Condition;
use crate::runtime::Timestamp;

/// A condition on the objects of a list.
pub(crate) struct Filter {
    expression: IdedExpr,
    item: Fields,
    /// The fields that the condition reads.
    fields: BTreeSet<String>,
    /// The variables and functions that are the same for every object.
    context: Context<'static, 'static>,
}

impl Filter {
    /// Parses a condition, and evaluates it on an empty object to detect errors even if a list is empty.
    pub(crate) fn new(item: Fields, text: &str, now: Timestamp) -> Result<Self, String> {
        if text.len() > MAX_LENGTH {
            return Err(invalid(format_args!("longer than {MAX_LENGTH} bytes")));
        }
        let parsed = PrattParser::new().parse(text);
        let expression = parsed.map_err(invalid)?;
        let fields = check(&expression, item).map_err(invalid)?;
        let filter = Self {
            expression,
            item,
            fields,
            context: context(now).map_err(invalid)?,
        };
        filter.probe(&filter.expression)?;
        Ok(filter)
    }

    /// Evaluates a condition on an empty object, and the operands of `&&`, `||` and `!` one by one.
    fn probe(&self, condition: &IdedExpr) -> Result<(), String> {
        if let Expr::Call(call) = &condition.expr
            && LOGICAL.contains(&call.func_name.as_str())
        {
            return call.args.iter().try_for_each(|part| self.probe(part));
        }
        match self.evaluate(condition, &Map::new(), true) {
            // A missing key of a map is not an error.
            Ok(Cel::Bool(_)) | Err(ExecutionError::NoSuchKey(_)) => Ok(()),
            Ok(_) => Err(invalid("the result is not a boolean")),
            Err(error) => Err(invalid(error)),
        }
    }

    fn evaluate(&self, expression: &IdedExpr, object: &Map<String, Value>, probe: bool) -> Result<Cel, ExecutionError> {
        let named = self.item.iter().filter(|field| self.fields.contains(field.name));
        let mut context = self.context.new_inner_scope();
        context.add_variable_from_value(OBJECT, CelValues::new(probe).fields(named, object));
        Cel::resolve(expression, &context)
    }
}

impl Condition for Filter {
    fn asks_for_children(&self) -> bool {
        let mut fields = self.item.iter();
        fields.any(|field| field.children.is_some() && self.fields.contains(field.name))
    }

    /// Returns `true` if an object meets the condition, and `false` if the evaluation fails.
    fn takes(&self, object: &Map<String, Value>) -> bool {
        matches!(self.evaluate(&self.expression, object, false), Ok(Cel::Bool(true)))
    }
}

/// Parses a filter in CEL.
pub(crate) fn parse_filter(item: Fields, text: &str, now: Timestamp) -> Result<Box<dyn Condition>, String> {
    Ok(Box::new(Filter::new(item, text, now)?))
}

fn invalid(why: impl Display) -> String {
    format!("invalid filter: {why}")
}
