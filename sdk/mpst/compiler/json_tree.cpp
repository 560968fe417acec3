// SPDX-License-Identifier: AGPL-3.0-or-later
#include "json_tree.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

namespace mpst::compiler {

namespace {

// Tells how far the parser has read.
struct CountedBytes {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at = nullptr;
    const char** read = nullptr;

    reference operator*() const { return *at; }
    CountedBytes& operator++() {
        *read = ++at;
        return *this;
    }
    CountedBytes operator++(int) {
        const CountedBytes before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountedBytes& other) const { return at == other.at; }
};

}  // namespace

// Hears of each token when it has just been read. Between two there is nothing but blanks, commas
// and colons, so that one begins behind those that follow the end of the one before.
class JsonTreeBuilder : public nlohmann::json_sax<nlohmann::json> {
  public:
    JsonTreeBuilder(std::string_view text, JsonTree& to) : text_(text), to_(to) {}

    std::optional<JsonTree::Failure> run() {
        read_ = text_.data();
        // A parser of its own for each kind of iterator: this one is for CountedBytes.
        const bool is_good =
            nlohmann::json::sax_parse(CountedBytes{text_.data(), &read_},
                                      CountedBytes{text_.data() + text_.size(), &read_}, this);
        if (is_good) return std::nullopt;
        return failure_;
    }

    bool null() override { return add(JsonTree::Kind::other); }
    bool boolean(bool /*value*/) override { return add(JsonTree::Kind::other); }
    bool number_integer(number_integer_t /*value*/) override { return add_number(core::none); }
    bool number_unsigned(number_unsigned_t value) override {
        return add_number(value < core::none ? static_cast<std::uint32_t>(value) : core::none);
    }
    bool number_float(number_float_t /*value*/, const string_t& /*shown*/) override {
        return add_number(core::none);
    }
    bool string(string_t& value) override {
        if (!add(JsonTree::Kind::text)) return false;
        to_.values_.back().data = keep(value);
        return true;
    }
    bool binary(binary_t& /*value*/) override { return false; }
    bool key(string_t& value) override {
        key_ = keep(value);
        end_ = position();
        return true;
    }
    bool start_object(std::size_t /*size*/) override { return open(JsonTree::Kind::object); }
    bool start_array(std::size_t /*size*/) override { return open(JsonTree::Kind::list); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t /*byte*/, const std::string& /*token*/,
                     const nlohmann::json::exception& /*why*/) override {
        // Of a text the byte that has no place in it, of all else the beginning.
        const std::size_t begin = std::min(begin_of_token(), text_.size());
        const bool is_text = begin < text_.size() && text_[begin] == '"';
        fail(is_text ? std::max(begin, position() - 1) : begin, {});
        return false;
    }

  private:
    struct Open {
        JsonTree::Index value, last;
        std::uint32_t items;
    };

    [[nodiscard]] std::size_t position() const {
        return static_cast<std::size_t>(read_ - text_.data());
    }
    [[nodiscard]] std::size_t begin_of_token() const {
        std::size_t at = end_;
        if (at == 0 && text_.substr(0, 3) == "\xEF\xBB\xBF") at = 3;
        while (at < text_.size() &&
               std::string_view(" \t\r\n,:").find(text_[at]) != std::string_view::npos)
            ++at;
        return at;
    }
    void fail(std::size_t byte, std::string_view limit) {
        failure_ = {static_cast<std::uint32_t>(byte), limit};
    }
    std::uint32_t keep(std::string& text) {
        to_.texts_.push_back(std::move(text));
        return static_cast<std::uint32_t>(to_.texts_.size() - 1);
    }

    bool add(JsonTree::Kind kind) {
        const std::size_t begin = begin_of_token();
        if (to_.values_.size() == JsonTree::values_max) {
            fail(begin, "values of a JSON file");
            return false;
        }
        const auto index = static_cast<JsonTree::Index>(to_.values_.size());
        JsonTree::Value value;
        value.kind = kind;
        value.byte = static_cast<std::uint32_t>(begin);
        if (!open_.empty()) {
            Open& around = open_.back();
            value.parent = around.value;
            const bool is_list = to_.values_[around.value].kind == JsonTree::Kind::list;
            value.key = is_list ? around.items++ : key_;
            (around.last == core::none ? to_.values_[around.value].first
                                       : to_.values_[around.last].next) = index;
            around.last = index;
        }
        to_.values_.push_back(value);
        end_ = position();
        return true;
    }
    bool add_number(std::uint32_t value) {
        if (!add(value == core::none ? JsonTree::Kind::other : JsonTree::Kind::number))
            return false;
        to_.values_.back().data = value;
        // The parser has seen one byte more, but at the end of the text.
        while (end_ > 0 &&
               std::string_view("0123456789").find(text_[end_ - 1]) == std::string_view::npos)
            --end_;
        return true;
    }
    bool open(JsonTree::Kind kind) {
        if (open_.size() == JsonTree::depth_max) {
            fail(begin_of_token(), "nesting in a JSON file");
            return false;
        }
        if (!add(kind)) return false;
        open_.push_back({static_cast<JsonTree::Index>(to_.values_.size() - 1), core::none, 0});
        return true;
    }
    bool close() {
        open_.pop_back();
        end_ = position();
        return true;
    }

    std::string_view text_;
    JsonTree& to_;
    const char* read_ = nullptr;
    std::size_t end_ = 0;  // of the token before
    std::uint32_t key_ = core::none;
    std::vector<Open> open_;
    JsonTree::Failure failure_;
};

std::optional<JsonTree::Failure> JsonTree::read(std::string_view text) {
    return JsonTreeBuilder(text, *this).run();
}

std::string JsonTree::pointer(Index value) const {
    std::string found;
    for (; values_[value].parent != core::none; value = values_[value].parent) {
        std::string step = "/";
        if (values_[values_[value].parent].kind == Kind::list) {
            step += std::to_string(values_[value].key);
        } else {
            for (const char c : key(value))
                step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        }
        found.insert(0, step);
    }
    return found;
}

}  // namespace mpst::compiler
