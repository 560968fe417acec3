// SPDX-License-Identifier: AGPL-3.0-or-later
#include "dice_expression.hpp"
#include "types.hpp"

namespace play {

namespace {

constexpr std::size_t rows_max = 1000, text_bytes_most = 64 << 10;
constexpr std::int64_t result_max = number_max;

struct Range {
    std::int64_t from = 0, to = 0;
};

std::optional<Range> range_of(const Json& row) {
    const auto from = whole_in(option(row, "from"), -result_max, result_max);
    const auto to =
        option(row, "to").is_null() ? from : whole_in(option(row, "to"), -result_max, result_max);
    if (!from || !to || *to < *from) return std::nullopt;
    return Range{*from, *to};
}

// One row in its form. `number` is the id of one that says none.
Result<Json> canonical_row(const JsonField& field, const Json& given, const std::string& number,
                           const std::string& pointer) {
    if (!given.is_object())
        return invalid("SZ-FIELD-261",
                       "A row is an object, not " + std::string(kind_of(given)) + ".",
                       "Write {\"from\", \"to\", \"text\"}.", pointer);
    const auto range = range_of(given);
    if (!range)
        return invalid("SZ-FIELD-262", "The row has no range of results.",
                       "Write whole numbers \"from\" and \"to\", the first not larger.", pointer);
    const Json& id = option(given, "id");
    if (!id.is_null() && !(id.is_string() && is_id(id.get_ref<const std::string&>())))
        return invalid("SZ-FIELD-263", "The id of a row is malformed.",
                       "Write letters, digits, \"-\", \"_\" and \".\", or leave it out.",
                       pointer + "/id");
    const Json& text = option(given, "text");
    if (!text.is_null() && !text.is_string())
        return invalid("SZ-FIELD-261",
                       "The text of a row is text, not " + std::string(kind_of(text)) + ".",
                       "Write it in quotation marks.", pointer + "/text");
    if (text.is_string() && text.get_ref<const std::string&>().size() > text_bytes_most)
        return invalid("SZ-FIELD-261", "The text of a row is longer than 64 KiB.", "Shorten it.",
                       pointer + "/text");
    Json row{{"id", id.is_null() ? Json(number) : id},
             {"from", range->from},
             {"to", range->to},
             {"text", text.is_null() ? Json("") : text}};
    if (const Json& link = option(given, "link"); !link.is_null()) {
        Result<Json> canonical =
            sz::plugin::normalize_nested(field, {{"type", "DatasetLink"}}, link, pointer + "/link");
        if (!canonical) return canonical;
        row["link"] = *std::move(canonical);
    }
    warn_of_others(field, given, {"id", "from", "to", "text", "link"}, "A row", pointer);
    return row;
}

bool comes_before(const Json& a, const Json& b) { return a["from"] < b["from"]; }

// What no roll gives, or two rows share.
std::optional<Fault> check_ranges(const JsonField& field, const Json& rows, const Json& dice) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i]["from"] <= rows[i - 1]["to"])
            return invalid("SZ-FIELD-264",
                           "Two rows have the result " + rows[i]["from"].dump() + ".",
                           "Give each result one row.", step("rows") + step(std::to_string(i)));
    }
    std::int64_t least = 0, most = 0;
    if (!dice.is_string() || rows.empty()) return std::nullopt;
    const auto parsed = parse_dice(dice.get_ref<const std::string&>());
    const auto* expression = std::get_if<DiceExpression>(&parsed);
    if (expression == nullptr || !expression->is_bounded(least, most)) return std::nullopt;
    std::int64_t next = least;
    for (const Json& row : rows) {
        const auto from = row["from"].get<std::int64_t>(), to = row["to"].get<std::int64_t>();
        if (from > next && next <= most)
            field.findings
                .warning("SZ-FIELD-265", "The result " + std::to_string(next) + " has no row.")
                .hint("Add one, or widen its neighbour.");
        if (from < least || to > most)
            field.findings
                .warning("SZ-FIELD-266", "The row of " + std::to_string(from) + " to " +
                                             std::to_string(to) + " goes past what " +
                                             dice.get<std::string>() + " gives.")
                .hint("Change the dice or the row.");
        next = to + 1;
    }
    if (next <= most)
        field.findings
            .warning("SZ-FIELD-265", "The result " + std::to_string(next) + " has no row.")
            .hint("Add one, or widen its neighbour.");
    return std::nullopt;
}

Result<Json> canonical_rows(const JsonField& field, const Json& given) {
    if (!given.is_array() || given.size() > rows_max)
        return invalid("SZ-FIELD-260", "The rows of a table are a list of at most 1000.",
                       "Write [{\"from\": 1, \"to\": 3, \"text\": \"…\"}, …].", step("rows"));
    Json rows = Json::array();
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string pointer = step("rows") + step(std::to_string(i));
        Result<Json> row = canonical_row(field, given[i], "r" + std::to_string(i + 1), pointer);
        if (!row) return row;
        const bool is_twice = std::any_of(rows.begin(), rows.end(), [&row](const Json& other) {
            return other["id"] == (*row)["id"];
        });
        if (is_twice)
            return invalid("SZ-FIELD-263", "Two rows have the id " + (*row)["id"].dump() + ".",
                           "Give each its own, or leave the ids out.", pointer);
        rows.push_back(*std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), comes_before);
    return rows;
}

// The value with other rows, and the rows that it had to be taken back to.
Result<Change> changed_rows(const RandomTable& type, const JsonField& field, const Json& value,
                            Json rows) {
    Json after = value;
    after["rows"] = std::move(rows);
    Result<Json> canonical = type.normalize(field, after);
    if (!canonical) return canonical.error();
    return set_change(value, *std::move(canonical));
}

}  // namespace

Json RandomTable::describe() const {
    const Json text{{"type", "string"}}, whole{{"type", "integer"}};
    const Json row{{"type", "object"},
                   {"required", Json::array({"from"})},
                   {"properties",
                    {{"id", text},
                     {"from", whole},
                     {"to", whole},
                     {"text", text},
                     {"link", {{"type", "object"}}}}}};
    const Json value{
        {"type", "object"},
        {"properties", {{"dice", text}, {"rows", {{"type", "array"}, {"items", row}}}}}};
    return {{"title", "Table to roll on"},
            {"summary", "What each result of a roll means."},
            {"default", {{"dice", nullptr}, {"rows", Json::array()}}},
            {"editor", "random-table"},
            {"options", {{"type", "object"}}},
            {"operations",
             Json::array(
                 {describe_operation("set", "Sets the whole table.", {{"table", "Table", value}}),
                  describe_operation("insert", "Adds a row.", {{"row", "Row", row}}),
                  describe_operation("replace", "Changes a row, named by its id.",
                                     {{"row", "Row", row}}),
                  describe_operation("remove", "Takes a row out.", {{"id", "Id", text}}),
                  describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> RandomTable::normalize(const JsonField& field, const Json& value) const {
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null()) return Json{{"dice", nullptr}, {"rows", Json::array()}};
    if (!wanted.is_object())
        return invalid("SZ-FIELD-260",
                       "A table to roll on belongs here, not " + std::string(kind_of(wanted)) + ".",
                       "Write {\"dice\": \"1d6\", \"rows\": […]}.");
    Json dice = option(wanted, "dice");
    if (!dice.is_null()) {
        const auto parsed =
            parse_dice(dice.is_string() ? dice.get_ref<const std::string&>() : std::string());
        const auto* expression = std::get_if<DiceExpression>(&parsed);
        if (expression == nullptr)
            return invalid("SZ-FIELD-251", "The dice of the table cannot be rolled.",
                           "Write dice such as \"1d100\".", step("dice"));
        dice = expression->text();
    }
    const Json& given = option(wanted, "rows");
    Result<Json> rows = canonical_rows(field, given.is_null() ? Json::array() : given);
    if (!rows) return rows;
    if (const auto wrong = check_ranges(field, *rows, dice)) return *wrong;
    warn_of_others(field, wanted, {"dice", "rows"}, "A table to roll on");
    return Json{{"dice", dice}, {"rows", *std::move(rows)}};
}

Result<Change> RandomTable::apply(const JsonField& field, const Json& value,
                                  const Operation& operation) const {
    const std::string& op = operation.op;
    if (op != "insert" && op != "replace" && op != "remove")
        return JsonFieldType::apply(field, value, operation);
    Json rows = option(value, "rows");
    const Json& given = operation.arg(0);
    const Json& id = op == "remove" ? given : option(given, "id");
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&id](const Json& row) { return row["id"] == id; });
    if (op == "insert") {
        if (!given.is_object()) return wrong_arguments(operation, "a row");
        rows.push_back(given);
        if (id.is_null()) rows.back()["id"] = operation.key;
        return changed_rows(*this, field, value, std::move(rows));
    }
    if (found == rows.end()) {
        Fault missing =
            invalid("SZ-FIELD-146", "There is no such row.", "Look at the table again.");
        missing.status = SZ_ERR_NOT_FOUND;
        return missing;
    }
    if (op == "remove") {
        rows.erase(found);
    } else {
        *found = given;
    }
    return changed_rows(*this, field, value, std::move(rows));
}

Result<std::string> RandomTable::format(const JsonField&, const Json& value,
                                        std::string_view) const {
    const std::string dice = member_or(value, "dice", std::string("—"));
    const std::size_t rows = option(value, "rows").size();
    return dice + ": " + std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

Result<std::string> RandomTable::search_text(const JsonField&, const Json& value) const {
    std::string text;
    for (const Json& row : option(value, "rows"))
        text += (text.empty() ? "" : "\n") + member_or(row, "text", std::string());
    return text;
}

Result<Json> RandomTable::references(const JsonField&, const Json& value) const {
    Json all = Json::array();
    const Json& rows = option(value, "rows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Json& link = option(rows[i], "link");
        if (!link.is_object()) continue;
        Json reference = link;
        reference["kind"] = "entry";
        reference["pointer"] = step("rows") + step(std::to_string(i)) + step("link");
        all.push_back(std::move(reference));
    }
    return all;
}

}  // namespace play
