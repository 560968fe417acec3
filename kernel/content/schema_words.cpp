// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/schema_words.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sz {

namespace {

constexpr unsigned words_depth_max = 200;
constexpr std::size_t faults_max = 10'000;

std::string number_words(double number) {
    auto text = Json(number).dump();
    if (text.size() > 2 && text.compare(text.size() - 2, 2, ".0") == 0)
        text.resize(text.size() - 2);
    return text;
}

std::string type_words(std::uint8_t types) {
    std::vector<std::string> words;
    if ((types & type_string) != 0) words.emplace_back("text");
    if ((types & type_number) != 0) {
        words.emplace_back("a number");
    } else if ((types & type_integer) != 0) {
        words.emplace_back("a whole number");
    }
    if ((types & type_boolean) != 0) words.emplace_back("true or false");
    if ((types & type_object) != 0) words.emplace_back("an object in braces {}");
    if ((types & type_array) != 0) words.emplace_back("a list in brackets []");
    if ((types & type_null) != 0) words.emplace_back("null");
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return text;
}

std::string count_words(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

class Explainer {
  public:
    Explainer(Pointer& pointer, std::vector<SchemaFault>& faults)
        : pointer_(pointer), faults_(faults) {}

    void explain(const SchemaNode& node, const Json& value, const std::string& subject,
                 unsigned depth) {
        if (depth > words_depth_max)
            return add(subject + " cannot be checked: its schema does not end.", "");
        if (faults_.size() >= faults_max) return;
        if (node.never) return add(subject + " is not allowed here.", "Remove it.");
        if (node.types && !has_type(node, value))
            return add(subject + " should be " + type_words(*node.types) + ", but is " +
                           value_kind(value) + ".",
                       node.description.empty() ? "Write " + type_words(*node.types) + " there."
                                                : node.description);
        if (node.has_allowed &&
            std::find(node.allowed.begin(), node.allowed.end(), value) == node.allowed.end())
            return explain_allowed(node, value, subject);
        for (const auto* part : node.all_of) explain(*part, value, subject, depth + 1);
        if (!node.any_of.empty()) explain_choice(node, node.any_of, value, subject, depth);
        if (!node.one_of.empty()) explain_choice(node, node.one_of, value, subject, depth);
        if (value.is_string()) explain_text(node, value.get_ref<const std::string&>(), subject);
        if (value.is_number() && node.range)
            explain_number(*node.range, value.get<double>(), subject);
        if (value.is_object()) explain_object(node, value, subject, depth);
        if (value.is_array()) explain_list(node, value, subject, depth);
    }

  private:
    void add(std::string message, std::string hint) {
        faults_.push_back({pointer_.text(), std::move(message), std::move(hint)});
    }

    static bool has_type(const SchemaNode& node, const Json& value) {
        SchemaNode only_type;
        only_type.types = node.types;
        return SchemaPlan::fits(only_type, value);
    }

    void explain_allowed(const SchemaNode& node, const Json& value, const std::string& subject) {
        std::vector<std::string> words;
        for (const auto& one : node.allowed)
            words.push_back(one.is_string() ? one.get<std::string>() : one.dump());
        const auto given =
            value.is_string() ? quote(value.get_ref<const std::string&>()) : value_kind(value);
        std::string list;
        for (const auto& word : words) list += (list.empty() ? "" : ", ") + quote(word);
        std::string hint = node.description;
        if (const auto meant = value.is_string()
                                   ? nearest_word(value.get_ref<const std::string&>(), words)
                                   : std::nullopt)
            hint = "Did you mean " + quote(*meant) + "?";
        add(subject + (words.size() == 1 ? " should be " : " should be one of ") + list +
                ", but is " + given + ".",
            hint);
    }

    void explain_text(const SchemaNode& node, const std::string& text, const std::string& subject) {
        SchemaNode only_size;
        only_size.text_size = node.text_size;
        if (!SchemaPlan::fits(only_size, text)) {
            if (text.empty()) return add(subject + " is empty.", node.description);
            const bool is_short =
                static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
                    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
                })) < node.text_size->min;
            const auto limit = count_words(is_short ? node.text_size->min : node.text_size->max,
                                           "character", "characters");
            return add(
                subject + (is_short ? " is shorter than " : " is longer than ") + limit + ".",
                node.description);
        }
        if (node.pattern && !node.pattern->matches(text))
            add(subject + " has a form that is not allowed here: " + quote(text) + ".",
                node.description);
    }

    void explain_number(const SchemaNode::Range& range, double number, const std::string& subject) {
        if (number < range.low || (range.excludes_low && number <= range.low))
            add(subject + (range.excludes_low ? " should be more than " : " should be at least ") +
                    number_words(range.low) + ".",
                "");
        if (number > range.high || (range.excludes_high && number >= range.high))
            add(subject + (range.excludes_high ? " should be less than " : " should be at most ") +
                    number_words(range.high) + ".",
                "");
    }

    void explain_list(const SchemaNode& node, const Json& list, const std::string& subject,
                      unsigned depth) {
        if (node.item_count && list.size() < node.item_count->min)
            add(subject + " should have at least " +
                    count_words(node.item_count->min, "item", "items") + ".",
                node.description);
        if (node.item_count && list.size() > node.item_count->max)
            add(subject + " has more than " + count_words(node.item_count->max, "item", "items") +
                    ".",
                node.description);
        for (std::size_t i = 0; node.items != nullptr && i < list.size(); ++i) {
            const Pointer::Part part(pointer_, i);
            explain(*node.items, list[i],
                    "Item " + std::to_string(i + 1) + " of " + in_sentence(subject), depth + 1);
        }
    }

    void explain_object(const SchemaNode& node, const Json& object, const std::string& subject,
                        unsigned depth) {
        for (const auto& property : node.properties) {
            if (!property.is_required || object.contains(property.name)) continue;
            const bool is_described =
                property.node != nullptr && !property.node->description.empty();
            add(quote(property.name) + " is missing in " + in_sentence(subject) + ".",
                "Add it." + (is_described ? " " + property.node->description : ""));
        }
        if (node.member_count &&
            (object.size() < node.member_count->min || object.size() > node.member_count->max)) {
            const bool is_short = object.size() < node.member_count->min;
            add(subject + (is_short ? " has fewer than " : " has more than ") +
                    count_words(is_short ? node.member_count->min : node.member_count->max, "key",
                                "keys") +
                    ".",
                node.description);
        }
        for (const auto& [key, member] : object.items()) {
            const Pointer::Part part(pointer_, key);
            if (node.property_names != nullptr)
                explain(*node.property_names, key, "The key " + quote(key), depth + 1);
            const auto property =
                std::find_if(node.properties.begin(), node.properties.end(),
                             [&name = key](const auto& one) { return one.name == name; });
            const auto* child =
                property != node.properties.end() ? property->node : node.additional;
            if (child != nullptr) explain(*child, member, quote(key), depth + 1);
            if (property == node.properties.end() && node.is_closed) explain_closed(node, key);
        }
    }

    void explain_closed(const SchemaNode& node, const std::string& key) {
        std::vector<std::string> known;
        std::string list;
        for (const auto& property : node.properties) {
            known.push_back(property.name);
            list += (list.empty() ? "" : ", ") + property.name;
        }
        const auto meant = nearest_word(key, known);
        add("The key " + quote(key) + " is not known here.",
            meant          ? "Did you mean " + quote(*meant) + "?"
            : list.empty() ? "No key is."
                           : "Known here: " + list + ".");
    }

    // Of several forms, the one that was meant is the one of the value's own type; else all are
    // named.
    void explain_choice(const SchemaNode& node, const std::vector<const SchemaNode*>& choices,
                        const Json& value, const std::string& subject, unsigned depth) {
        const auto fitting = std::count_if(choices.begin(), choices.end(), [&](const auto* one) {
            return SchemaPlan::fits(*one, value);
        });
        if (fitting == 1 || (fitting > 1 && &choices == &node.any_of)) return;
        if (fitting > 1)
            return add(subject + " fits more than one of the forms allowed here.",
                       node.description);
        const SchemaNode* meant = nullptr;
        std::uint8_t types = 0;
        for (const auto* one : choices) {
            if (one->types) types |= *one->types;
            if (one->types && has_type(*one, value)) meant = meant == nullptr ? one : &node;
        }
        if (meant != nullptr && meant != &node) return explain(*meant, value, subject, depth + 1);
        const bool names_types = types != 0 && meant == nullptr;
        add(subject + (names_types ? " should be " + type_words(types) + ", but is " +
                                         value_kind(value) + "."
                                   : " has none of the forms allowed here."),
            node.description);
    }

    // A subject begins a sentence; inside one it is written small.
    static std::string in_sentence(std::string subject) {
        if (!subject.empty() && subject[0] >= 'A' && subject[0] <= 'Z')
            subject[0] = static_cast<char>(subject[0] - 'A' + 'a');
        return subject;
    }

    Pointer& pointer_;
    std::vector<SchemaFault>& faults_;
};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

// How many insertions, removals, replacements and swaps of neighbours lead from one word to the
// other.
std::size_t edits(const std::string& a, const std::string& b) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::vector<std::size_t> row(b.size() + 1);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = std::exchange(last, std::move(row));
    }
    return last[b.size()];
}

}  // namespace

std::string quote(std::string_view text) {
    std::string cut(text.substr(0, quoted_bytes_max));
    if (text.size() > quoted_bytes_max) {
        while (!cut.empty() && (static_cast<unsigned char>(text[cut.size()]) & 0xC0) == 0x80)
            cut.pop_back();
        cut += "…";
    }
    for (char& c : cut) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    return "“" + cut + "”";
}

std::string value_kind(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null: return "null";
        case Json::value_t::boolean: return value.get<bool>() ? "true" : "false";
        case Json::value_t::string: return "text";
        case Json::value_t::array: return "a list";
        case Json::value_t::object: return "an object";
        default: return "the number " + value.dump();
    }
}

std::optional<std::string> nearest_word(std::string_view word,
                                        const std::vector<std::string>& known) {
    constexpr std::size_t word_bytes_max = 64;
    if (word.empty() || word.size() > word_bytes_max) return std::nullopt;
    const auto given = lower(word);
    std::size_t best_edits = std::min<std::size_t>(given.size() / 3, 3) + 1;
    std::optional<std::string> best;
    for (const auto& one : known) {
        if (one.size() > word_bytes_max || one.size() + best_edits <= given.size() ||
            given.size() + best_edits <= one.size())
            continue;
        const auto count = edits(given, lower(one));
        if (count >= best_edits) continue;
        best_edits = count;
        best = one;
    }
    return best;
}

std::vector<SchemaFault> SchemaPlan::explain(const Json& value, std::string base) const {
    std::vector<SchemaFault> faults;
    Pointer pointer(std::move(base));
    Explainer(pointer, faults).explain(*root_, value, "The value", 0);
    return faults;
}

}  // namespace sz
