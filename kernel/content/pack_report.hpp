// SPDX-License-Identifier: AGPL-3.0-or-later
// Collects what the check of one pack finds, and gives each finding its line and column at the end.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"
#include "kernel/content/json_places.hpp"

namespace sz {

class PackReport {
  public:
    void error(const char* code, std::string file, std::string pointer, std::string message,
               std::string hint) {
        add({code, Severity::error, std::move(file), std::move(pointer), 0, 0, std::move(message),
             std::move(hint)});
    }
    void warning(const char* code, std::string file, std::string pointer, std::string message,
                 std::string hint) {
        add({code, Severity::warning, std::move(file), std::move(pointer), 0, 0, std::move(message),
             std::move(hint)});
    }
    // The last finding (SZ-PACK-099) says how many there were when there are too many to keep.
    void add(Finding finding);

    [[nodiscard]] bool has_error() const noexcept { return errors_ > 0; }
    [[nodiscard]] std::size_t count() const noexcept { return kept_.size() + dropped_; }
    // Further findings are only counted: what costs work beside the message can be left out.
    [[nodiscard]] bool is_full() const noexcept;

    // The text in which the pointers of findings about `file` are looked up; borrowed until
    // `finish`.
    void set_text(const std::string& file, std::string_view text) { texts_[file] = text; }

    // Adds all of it to `findings`, by file and place.
    void finish(Findings& findings);

  private:
    void find_places();

    Findings kept_;
    std::map<std::string, std::string_view> texts_;
    std::size_t errors_ = 0;
    std::size_t dropped_ = 0;
};

}  // namespace sz
