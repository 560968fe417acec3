// SPDX-License-Identifier: AGPL-3.0-or-later
// A JSON pointer (RFC 6901) that grows and shrinks while a walk goes down and up.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sz {

class Pointer {
  public:
    Pointer() = default;
    explicit Pointer(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    // Adds one part for as long as the returned object lives.
    class Part {
      public:
        Part(Pointer& pointer, std::string_view key)
            : pointer_(pointer), size_before_(pointer.text_.size()) {
            pointer.append(key);
        }
        Part(Pointer& pointer, std::size_t index) : Part(pointer, std::to_string(index)) {}
        Part(const Part&) = delete;
        Part& operator=(const Part&) = delete;
        ~Part() { pointer_.text_.resize(size_before_); }

      private:
        Pointer& pointer_;
        std::size_t size_before_;
    };

    [[nodiscard]] std::string with(std::string_view key) const {
        Pointer longer(text_);
        longer.append(key);
        return longer.text_;
    }

  private:
    void append(std::string_view key) {
        text_ += '/';
        for (const char c : key) {
            if (c == '~') {
                text_ += "~0";
            } else if (c == '/') {
                text_ += "~1";
            } else {
                text_ += c;
            }
        }
    }

    std::string text_;
};

}  // namespace sz
