// SPDX-License-Identifier: AGPL-3.0-or-later
// A value or a Fault: how functions of a plugin say that something went wrong. Needs no library.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "../abi.h"

namespace sz::plugin {

// One thing that went wrong. At the border it becomes the status, and a finding when it has a
// message.
struct Fault {
    sz_status status = SZ_ERR_INVALID;
    std::string code;     // stable: "SZ-FIELD-110"
    std::string message;  // one sentence for a person
    std::string hint;     // how to mend it
    std::string pointer;  // JSON pointer, RFC 6901
    std::string file;
};

// A status whose findings were reported already, or that needs none.
[[nodiscard]] inline Fault fault(sz_status status) {
    Fault made;
    made.status = status;
    return made;
}
// The input is at fault, and why.
[[nodiscard]] inline Fault invalid(std::string code, std::string message, std::string hint = {},
                                   std::string pointer = {}) {
    return {SZ_ERR_INVALID,  std::move(code),    std::move(message),
            std::move(hint), std::move(pointer), {}};
}

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value)
        : state_(std::move(value)) {}  // NOLINT(google-explicit-constructor): `return value;`
    Result(Fault wrong)
        : state_(std::move(wrong)) {}  // NOLINT(google-explicit-constructor): `return invalid(…);`

    [[nodiscard]] explicit operator bool() const noexcept { return state_.index() == 0; }
    [[nodiscard]] T& operator*() & { return std::get<0>(state_); }
    [[nodiscard]] const T& operator*() const& { return std::get<0>(state_); }
    [[nodiscard]] T&& operator*() && { return std::get<0>(std::move(state_)); }
    [[nodiscard]] T* operator->() { return &std::get<0>(state_); }
    [[nodiscard]] const T* operator->() const { return &std::get<0>(state_); }
    [[nodiscard]] Fault& error() & { return std::get<1>(state_); }
    [[nodiscard]] const Fault& error() const& { return std::get<1>(state_); }
    [[nodiscard]] Fault&& error() && { return std::get<1>(std::move(state_)); }

  private:
    std::variant<T, Fault> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Fault wrong)
        : wrong_(std::move(wrong)), is_good_(false) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] explicit operator bool() const noexcept { return is_good_; }
    [[nodiscard]] Fault& error() & { return wrong_; }
    [[nodiscard]] const Fault& error() const& { return wrong_; }
    [[nodiscard]] Fault&& error() && { return std::move(wrong_); }

  private:
    Fault wrong_;
    bool is_good_ = true;
};

using Status = Result<void>;

// A status that the other side returned, as a result.
[[nodiscard]] inline Status status_of(sz_status status) {
    return status == SZ_OK ? Status{} : Status{fault(status)};
}

}  // namespace sz::plugin
