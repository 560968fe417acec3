// SPDX-License-Identifier: AGPL-3.0-or-later
#include <charconv>
#include <vector>

#include "types.hpp"

namespace play {

namespace {

constexpr std::int64_t boxes_max = 200, ticks_max = 20;

struct Shape {
    std::int64_t boxes = 4, ticks = 1;
    [[nodiscard]] std::int64_t all() const { return boxes * ticks; }
};

Result<Shape> shape_of(const Json& definition) {
    Shape shape;
    if (const Json& boxes = option(definition, "boxes"); !boxes.is_null()) {
        const auto count = whole_in(boxes, 1, boxes_max);
        if (!count) return wrong_option(definition, "boxes", "a whole number from 1 to 200");
        shape.boxes = *count;
    }
    if (const Json& ticks = option(definition, "ticks"); !ticks.is_null()) {
        const auto count = whole_in(ticks, 1, ticks_max);
        if (!count) return wrong_option(definition, "ticks", "a whole number from 1 to 20");
        shape.ticks = *count;
    }
    const Json& kind = option(definition, "shape");
    if (!kind.is_null() && kind != "boxes" && kind != "clock")
        return wrong_option(definition, "shape", "\"boxes\" or \"clock\"");
    return shape;
}

// "7", "1/4", "1/4 (+2/3)": ticks alone, or full boxes, and the ticks of the next one.
std::optional<std::int64_t> typed_ticks(const Shape& shape, std::string_view text) {
    std::vector<std::int64_t> numbers;
    std::string form;  // what stands between the numbers
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        if (*at >= '0' && *at <= '9') {
            const auto [next, wrong] = std::from_chars(at, end, numbers.emplace_back());
            if (wrong != std::errc()) return std::nullopt;
            form += 'n';
            at = next;
        } else {
            if (*at != ' ' && *at != '\t') form += *at;
            ++at;
        }
    }
    if (form == "n") return numbers[0];
    const bool has_rest = form == "n/n(+n/n)" && numbers[3] == shape.ticks;
    if ((form != "n/n" && !has_rest) || numbers[1] != shape.boxes) return std::nullopt;
    if (numbers[0] > shape.boxes) return std::nullopt;
    return numbers[0] * shape.ticks + (has_rest ? numbers[2] : 0);
}

}  // namespace

Json Track::describe() const {
    const Json whole{{"type", "integer"}};
    return {
        {"title", "Track"},
        {"summary", "Boxes that are ticked one after the other, or the parts of a clock."},
        {"default", 0},
        {"editor", "track"},
        {"typed", true},
        {"references", false},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"boxes",
             {{"type", "integer"},
              {"minimum", 1},
              {"maximum", boxes_max},
              {"title", "How many boxes, or parts (4)"}}},
            {"ticks",
             {{"type", "integer"},
              {"minimum", 1},
              {"maximum", ticks_max},
              {"title", "Ticks that fill a box (1)"}}},
            {"shape",
             {{"enum", Json::array({"boxes", "clock"})}, {"title", "How it is drawn"}}}}}}},
        {"operations",
         Json::array({describe_operation("set", "Sets how many ticks there are.",
                                         {{"ticks", "Ticks", whole}}),
                      describe_operation("mark",
                                         "Adds ticks, as far as there is room; a negative number "
                                         "takes them off. One, when no number is given.",
                                         {{"ticks", "Ticks", whole}}, true),
                      describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Track::normalize(const JsonField& field, const Json& value) const {
    const Result<Shape> shape = shape_of(field.definition);
    if (!shape) return shape.error();
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null()) return Json(0);
    if (const auto ticks = whole_in(wanted, 0, shape->all())) return Json(*ticks);
    const std::string all = std::to_string(shape->all());
    return invalid(
        "SZ-FIELD-230",
        wanted.is_number()
            ? wanted.dump() + " is not between 0 and " + all + ", which fills the track."
            : "A number of ticks belongs here, not " + std::string(kind_of(wanted)) + ".",
        "Write a whole number from 0 to " + all + ".");
}

Result<Change> Track::apply(const JsonField& field, const Json& value,
                            const Operation& operation) const {
    if (operation.op != "mark") return JsonFieldType::apply(field, value, operation);
    const Result<Shape> shape = shape_of(field.definition);
    if (!shape) return shape.error();
    const auto ticks = operation.args.empty()
                           ? std::optional<std::int64_t>(1)
                           : whole_in(operation.arg(0), -shape->all(), shape->all());
    if (!ticks)
        return wrong_arguments(operation, "a whole number of ticks",
                               "The track has " + std::to_string(shape->all()) + ".");
    const std::int64_t before = whole_in(value, 0, shape->all()).value_or(0);
    const std::int64_t after = std::clamp<std::int64_t>(before + *ticks, 0, shape->all());
    return Change{
        {{"set", after}}, {{"op", "mark"}, {"args", Json::array({before - after})}}, true, {}};
}

Result<std::string> Track::format(const JsonField& field, const Json& value,
                                  std::string_view) const {
    const Result<Shape> shape = shape_of(field.definition);
    if (!shape) return shape.error();
    const std::int64_t ticks = whole_in(value, 0, shape->all()).value_or(0);
    std::string text = std::to_string(ticks / shape->ticks) + "/" + std::to_string(shape->boxes);
    const std::int64_t rest = ticks % shape->ticks;
    if (rest != 0) text += " (+" + std::to_string(rest) + "/" + std::to_string(shape->ticks) + ")";
    return text;
}

Result<Json> Track::parse(const JsonField& field, std::string_view text, std::string_view) const {
    const Result<Shape> shape = shape_of(field.definition);
    if (!shape) return shape.error();
    if (sz::plugin::trimmed(text).empty()) return Json();
    if (const auto ticks = typed_ticks(*shape, text)) return Json(*ticks);
    return invalid("SZ-FIELD-230", in_quotes(text) + " is no number of ticks.",
                   "Type a whole number from 0 to " + std::to_string(shape->all()) + ", or full " +
                       "boxes such as 1/" + std::to_string(shape->boxes) + ".");
}

}  // namespace play
