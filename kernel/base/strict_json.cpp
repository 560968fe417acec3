// SPDX-License-Identifier: AGPL-3.0-or-later
// The strict reader behind parse_json: nlohmann's event parser, with what it does not check.
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "kernel/base/json.hpp"

namespace sz {

namespace {

// Tells how far the parser has read: its events carry no positions of their own.
class CountingIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char* begin, std::size_t* position)
        : at_(at), begin_(begin), position_(position) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        *position_ = static_cast<std::size_t>(at_ - begin_);
        return *this;
    }
    CountingIterator operator++(int) {
        auto before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

  private:
    const char* at_;
    const char* begin_;
    std::size_t* position_;
};

// The first byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7), or text.size().
std::size_t first_bad_utf8(std::string_view text) {
    std::size_t i = 0;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    while (i < text.size()) {
        const unsigned lead = byte(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) return i;
        const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (byte(i + 1) < low || byte(i + 1) > high) return i;
        for (std::size_t k = 2; k < length; ++k) {
            if (byte(i + k) < 0x80 || byte(i + k) > 0xBF) return i;
        }
        i += length;
    }
    return i;
}

std::string line_and_column(std::string_view text, std::size_t at) {
    const auto before = text.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto last_break = before.rfind('\n');
    const auto column = last_break == std::string_view::npos ? at + 1 : at - last_break;
    return std::to_string(line) + ":" + std::to_string(column);
}

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Advice {
    std::string message, hint;
};

// Behind the last byte before `at` that is no white space.
std::size_t end_before(std::string_view text, std::size_t at) {
    while (at > 0 && is_white(text[at - 1])) --at;
    return at;
}

// May a value end here? Of words and numbers it is not asked which.
bool may_end_value(std::string_view text, std::size_t end) {
    const char c = end > 0 ? text[end - 1] : '\0';
    return c == '"' || c == '}' || c == ']' || (c >= '0' && c <= '9') ||
           text.substr(0, end).ends_with("true") || text.substr(0, end).ends_with("false") ||
           text.substr(0, end).ends_with("null");
}

// Where a comma or colon is missing, when that is what is wrong: behind the value or key before.
// `token` is what the parser could not take, and `at` its last byte.
std::optional<std::size_t> missing_between(std::string_view text, std::size_t at,
                                           std::string_view token) {
    const bool is_text = token.size() > 1 && token.front() == '"' && token.back() == '"';
    if (at >= text.size()) return std::nullopt;
    const bool is_bracket = text[at] == '{' || text[at] == '[';
    if (!is_bracket && (!is_text || token.size() > at + 1)) return std::nullopt;
    const std::size_t begin = is_bracket ? at : at + 1 - token.size();
    const std::size_t end = end_before(text, begin);
    if (!is_bracket && text[begin] != '"') return std::nullopt;
    return may_end_value(text, end) ? std::optional(end) : std::nullopt;
}

// A text of two bytes a character: it says so, or every second byte is zero.
bool is_utf16(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
    return text.size() >= 4 && ((text[0] == '\0' && text[2] == '\0' && text[1] != '\0') ||
                                (text[1] == '\0' && text[3] == '\0' && text[0] != '\0'));
}

// What people most often get wrong, said in words.
Advice advice_for(std::string_view text, std::size_t at) {
    if (at >= text.size())
        return {"The text ends before the JSON is complete.",
                "Close every brace, bracket and quote."};
    const char c = text[at];
    const std::size_t before = end_before(text, at);
    const char previous = before > 0 ? text[before - 1] : '\0';
    if ((c == '}' || c == ']') && previous == ',')
        return {"A comma stands before a closing bracket.", "Remove the comma."};
    if (c == '/' || c == '#') return {"JSON has no comments.", "Remove the comment."};
    if (c == '\'') return {"Text stands in single quotes.", "Use double quotes."};
    if (static_cast<unsigned char>(c) < 0x20) {
        return {"A line break or control character stands where none may be.",
                "Inside text, write \\n or \\t instead."};
    }
    if (static_cast<unsigned char>(c) >= 0x80)
        return {"A character that JSON does not allow outside of text.",
                "Put text in double quotes."};
    return {std::string("Unexpected “") + c + "”.",
            "Check the quotes, commas and brackets before this place."};
}

// Used once. The event functions below have the names and the meaning that nlohmann's SAX interface
// gives them.
class StrictJsonReader {
  public:
    StrictJsonReader(std::string_view text, const JsonLimits& limits)
        : text_(text), limits_(limits) {}

    [[nodiscard]] Result<Json> read();

    bool null() { return put(nullptr); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(Json::number_integer_t value) { return put(value); }
    bool number_unsigned(Json::number_unsigned_t value) { return put(value); }
    bool number_float(Json::number_float_t value, const std::string& literal);
    bool string(std::string& value);
    bool binary(Json::binary_t& value);
    bool start_object(std::size_t count);
    bool key(std::string& name);
    bool end_object() { return end(); }
    bool start_array(std::size_t count);
    bool end_array() { return end(); }
    bool parse_error(std::size_t bytes_read, const std::string& last_token,
                     const Json::exception& problem);

  private:
    bool put(Json value);
    [[nodiscard]] bool has_room();
    bool start(Json container);
    bool end();
    bool refuse(ErrorKind kind, const char* code, std::string message, std::string hint,
                std::size_t at);
    [[nodiscard]] std::size_t last_string_start() const;
    [[nodiscard]] bool fits(const std::string& value);

    std::string_view text_;
    const JsonLimits& limits_;
    std::size_t position_ = 0;  // behind the last byte that the parser has taken
    Json root_;
    std::size_t values_ = 0;
    std::vector<Json*> open_;  // containers that are not closed yet, outermost first
    Json* member_ = nullptr;   // where the value of the key just read goes
    Error error_;
};

Result<Json> StrictJsonReader::read() {
    if (text_.size() > limits_.bytes_max) {
        refuse(ErrorKind::limit, "SZ-JSON-004",
               "The JSON text is larger than the limit of " + std::to_string(limits_.bytes_max) +
                   " bytes.",
               {}, 0);
        return fail(std::move(error_));
    }
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
        refuse(ErrorKind::input, "SZ-JSON-001", "The text begins with a byte order mark.",
               "Save it as UTF-8 without one.", 0);
        return fail(std::move(error_));
    }
    if (is_utf16(text_)) {
        refuse(ErrorKind::input, "SZ-JSON-006", "This is UTF-16, not UTF-8.",
               "Save it with the encoding UTF-8.", 0);
        return fail(std::move(error_));
    }
    // The parser takes a zero byte for the end of its input, and would not look at what follows.
    if (const auto zero = text_.find('\0'); zero != std::string_view::npos) {
        refuse(ErrorKind::input, "SZ-JSON-001", "A zero byte stands in the text.", "Remove it.",
               zero);
        return fail(std::move(error_));
    }
    const char* begin = text_.data();
    const char* end = begin + text_.size();
    const bool is_read = Json::sax_parse(CountingIterator(begin, begin, &position_),
                                         CountingIterator(end, begin, &position_), this);
    if (!is_read) return fail(std::move(error_));
    return std::move(root_);
}

bool StrictJsonReader::has_room() {
    if (++values_ <= limits_.values_max) return true;
    return refuse(
        ErrorKind::limit, "SZ-JSON-008",
        "The JSON holds more than the limit of " + std::to_string(limits_.values_max) + " values.",
        "Divide it into several files.", position_ > 0 ? position_ - 1 : 0);
}

bool StrictJsonReader::put(Json value) {
    if (!has_room()) return false;
    if (open_.empty()) {
        root_ = std::move(value);
    } else if (open_.back()->is_array()) {
        open_.back()->push_back(std::move(value));
    } else {
        *member_ = std::move(value);
    }
    return true;
}

bool StrictJsonReader::number_float(Json::number_float_t value, const std::string& literal) {
    // A whole number that needs more than 64 bits arrives here, already rounded.
    if (literal.find_first_of(".eE") == std::string::npos) {
        return refuse(ErrorKind::input, "SZ-JSON-007",
                      "The number " + literal.substr(0, 40) + " is too large.",
                      "Use a smaller number, or text.",
                      position_ > literal.size() ? position_ - literal.size() - 1 : 0);
    }
    return put(value);
}

bool StrictJsonReader::fits(const std::string& value) {
    if (value.size() <= limits_.string_bytes_max) return true;
    return refuse(ErrorKind::limit, "SZ-JSON-005",
                  "A text is longer than the limit of " + std::to_string(limits_.string_bytes_max) +
                      " bytes.",
                  "Split it.", last_string_start());
}

bool StrictJsonReader::string(std::string& value) { return fits(value) && put(std::move(value)); }

bool StrictJsonReader::binary(Json::binary_t&) { return false; }  // JSON text has none

bool StrictJsonReader::start(Json container) {
    if (!has_room()) return false;
    if (open_.size() >= limits_.depth_max) {
        return refuse(ErrorKind::limit, "SZ-JSON-003",
                      "The JSON is nested deeper than the limit of " +
                          std::to_string(limits_.depth_max) + " levels.",
                      {}, position_ - 1);
    }
    Json* place = &root_;
    if (!open_.empty() && open_.back()->is_array()) {
        open_.back()->push_back(std::move(container));
        place = &open_.back()->back();
    } else {
        if (!open_.empty()) place = member_;
        *place = std::move(container);
    }
    open_.push_back(place);
    return true;
}

bool StrictJsonReader::start_object(std::size_t) { return start(Json::object()); }
bool StrictJsonReader::start_array(std::size_t) { return start(Json::array()); }

bool StrictJsonReader::end() {
    open_.pop_back();
    return true;
}

bool StrictJsonReader::key(std::string& name) {
    if (!fits(name)) return false;
    auto& members = open_.back()->get_ref<Json::object_t&>();
    const auto [place, is_new] = members.try_emplace(std::move(name), nullptr);
    if (!is_new) {
        return refuse(ErrorKind::input, "SZ-JSON-002",
                      "The key “" + place->first.substr(0, 80) + "” stands twice in one object.",
                      "Remove or rename one of them.", last_string_start());
    }
    member_ = &place->second;
    return true;
}

// The opening quote of the string that was just read: the nearest one before its end that no
// backslash escapes.
std::size_t StrictJsonReader::last_string_start() const {
    std::size_t at = position_ - 1;
    while (at > 0) {
        --at;
        if (text_[at] != '"') continue;
        std::size_t slashes = 0;
        while (slashes < at && text_[at - 1 - slashes] == '\\') ++slashes;
        if (slashes % 2 == 0) return at;
    }
    return 0;
}

bool StrictJsonReader::parse_error(std::size_t bytes_read, const std::string& last_token,
                                   const Json::exception& problem) {
    constexpr int number_out_of_range = 406;
    if (problem.id == number_out_of_range) {
        return refuse(ErrorKind::input, "SZ-JSON-007",
                      "The number " + last_token.substr(0, 40) + " is too large.",
                      "Use a smaller number, or text.",
                      position_ - std::min(position_, last_token.size() + 1));
    }
    const bool is_at_end = bytes_read > text_.size();
    const std::size_t at = is_at_end || position_ == 0 ? text_.size() : position_ - 1;
    if (const auto bad = first_bad_utf8(text_); bad <= at && bad < text_.size()) {
        return refuse(ErrorKind::input, "SZ-JSON-006", "The text is not UTF-8.",
                      "Save it with the encoding UTF-8.", bad);
    }
    if (const auto place = missing_between(text_, at, last_token)) {
        // nlohmann's words for what stands between a key and its value.
        const bool is_colon =
            std::string_view(problem.what()).find("object separator") != std::string_view::npos;
        return refuse(ErrorKind::input, "SZ-JSON-001",
                      is_colon ? "A colon is missing here." : "A comma is missing here.",
                      is_colon ? "Write one between the key and its value."
                               : "Write one behind this value, before the next begins.",
                      *place);
    }
    auto advice = advice_for(text_, at);
    return refuse(ErrorKind::input, "SZ-JSON-001", std::move(advice.message),
                  std::move(advice.hint), at);
}

bool StrictJsonReader::refuse(ErrorKind kind, const char* code, std::string message,
                              std::string hint, std::size_t at) {
    error_ = Error{kind, code, std::move(message), std::move(hint), line_and_column(text_, at)};
    return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
    return StrictJsonReader(text, limits).read();
}

}  // namespace sz
