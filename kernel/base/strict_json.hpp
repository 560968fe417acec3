// SPDX-License-Identifier: AGPL-3.0-or-later
// The strict reader behind parse_json: nlohmann's event parser with what it does not check.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"

namespace sz {

// Used once. The event functions below have the names and the meaning that nlohmann's SAX interface gives them.
class StrictJsonReader {
  public:
    StrictJsonReader(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

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
    bool parse_error(std::size_t bytes_read, const std::string& last_token, const Json::exception& problem);

  private:
    bool put(Json value);
    bool start(Json container);
    bool end();
    bool refuse(ErrorKind kind, const char* code, std::string message, std::string hint, std::size_t at);
    [[nodiscard]] std::size_t last_string_start() const;
    [[nodiscard]] bool fits(const std::string& value);

    std::string_view text_;
    const JsonLimits& limits_;
    std::size_t position_ = 0;  // behind the last byte that the parser has taken
    Json root_;
    std::vector<Json*> open_;  // containers that are not closed yet, outermost first
    Json* member_ = nullptr;   // where the value of the key just read goes
    Error error_;
};

}  // namespace sz
