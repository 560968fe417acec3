// SPDX-License-Identifier: AGPL-3.0-or-later
// Which paths a pack's file may have. Formats check archives themselves; the kernel checks again,
// whoever wrote the format.
#pragma once

#include <string>
#include <string_view>

#include "kernel/base/result.hpp"

namespace sz {

// Relative, parts separated by '/', UTF-8, within limits; no part is empty, "." or ".."; no
// backslash, no colon, no control character. SZ-PACK-003 says what is wrong.
[[nodiscard]] Status check_pack_path(std::string_view path);

// Paths that are the same where upper and lower case count as one have the same folded path.
[[nodiscard]] std::string fold_case(std::string_view path);

}  // namespace sz
