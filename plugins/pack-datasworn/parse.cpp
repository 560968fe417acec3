// SPDX-License-Identifier: AGPL-3.0-or-later
#include "parse.hpp"

#include <unordered_set>

namespace datasworn {
namespace {

class Sax {
  public:
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    Sax(Parsed& out, const std::function<bool()>& go_on) : out_(out), go_on_(go_on) {}

    bool null() { return add(nullptr); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(number_integer_t value) { return add(value); }
    bool number_unsigned(number_unsigned_t value) { return add(value); }
    bool number_float(number_float_t value, const string_t&) { return add(value); }
    bool binary(binary_t&) { return false; }  // occurs in binary formats only
    bool string(string_t& value) {
        if (value.size() > limits::string_bytes_max)
            return stop("SZ-DATASWORN-004", "holds a text of more than 256 KiB");
        return add(std::move(value));
    }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(string_t& name) {
        Level& level = open_.back();
        level.key = name;
        if (level.keys.insert(std::move(name)).second) return true;
        return stop("SZ-DATASWORN-003",
                    "has the key \"" + printable(level.key) + "\" twice in one object");
    }
    template <class Exception>
    bool parse_error(std::size_t offset, const std::string& token, const Exception&) {
        out_.offset = offset == 0 ? 0 : offset - 1;
        // The parser's own words are for developers; what it stumbled over helps a person.
        return stop("SZ-DATASWORN-002", token.empty() ? "is not valid JSON"
                                                      : "is not valid JSON: '" + printable(token) +
                                                            "' does not fit here");
    }

  private:
    struct Level {
        Json value;
        std::string key;  // of the member being read
        std::unordered_set<std::string> keys;
    };

    static std::string printable(std::string_view token) {
        std::string out;
        for (const char c : token.substr(token.size() > 30 ? token.size() - 30 : 0))
            out += c >= 0x20 && c < 0x7f ? c : '?';
        return out;
    }
    bool stop(std::string_view code, std::string problem) {
        out_.code = code;
        out_.problem = std::move(problem);
        for (const Level& level : open_)
            out_.pointer +=
                level.value.is_array() ? '/' + std::to_string(level.value.size()) : step(level.key);
        return false;
    }
    bool add(Json value) {
        if ((++events_ & 0xfff) == 0 && !go_on_()) {
            out_.is_cancelled = true;
            return false;
        }
        if (events_ > limits::values_max)
            return stop("SZ-DATASWORN-004", "holds more than 1,000,000 values");
        if (open_.empty()) {
            out_.value = std::move(value);
        } else if (Level& level = open_.back(); level.value.is_array()) {
            if (level.value.size() == limits::items_max)
                return stop("SZ-DATASWORN-004", "has a list of more than 10,000 items");
            level.value.push_back(std::move(value));
        } else {
            level.value.get_ref<Json::object_t&>().push_back({level.key, std::move(value)});
        }
        return true;
    }
    bool open(Json container) {
        if (open_.size() >= limits::depth_max)
            return stop("SZ-DATASWORN-004", "is nested more than 32 levels deep");
        open_.push_back({std::move(container), {}, {}});
        return true;
    }
    bool close() {
        Json done = std::move(open_.back().value);
        open_.pop_back();
        return add(std::move(done));
    }

    Parsed& out_;
    const std::function<bool()>& go_on_;
    std::vector<Level> open_;
    std::size_t events_ = 0;
};

}  // namespace

Parsed parse_json(std::string_view text, const std::function<bool()>& go_on) {
    Parsed out;
    Sax sax(out, go_on);
    if (!Json::sax_parse(text.begin(), text.end(), &sax)) out.value.reset();
    return out;
}

}  // namespace datasworn
