// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules, by the file that has them.
#pragma once

#include "kernel/content/tools/lint.hpp"

namespace sz::tools::rules {

using Rule = void(const LintSubject&, LintReport&);

// lint_manifest.cpp
Rule no_licence, no_author, no_pack_description, unused_dependency;
// lint_licences.cpp
Rule unknown_licence, licences_apart, licences_unclear;
// lint_objects.cpp
Rule no_object_description, no_help, empty_dataset, name_style, field_style, same_but_for_case;
// lint_entries.cpp
Rule nameless_entry, same_name, same_entry, silent_entry, undescribed_entry, unfilled_field;
// lint_fields.cpp
Rule unfit_default, no_choice, long_line, white_space, link_to_nothing, link_nowhere;
// lint_images.cpp
Rule unused_image, heavy_image, large_image, same_image;

}  // namespace sz::tools::rules
