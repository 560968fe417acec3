// SPDX-License-Identifier: AGPL-3.0-or-later
// A plain character sheet and campaign for the imported document, so that its entries can be used
// at once.
#pragma once

#include <string>
#include <vector>

#include "catalogue.hpp"
#include "fields.hpp"

namespace open5e {

struct TemplateFile {
    std::string path;
    std::string content;
};

// Only for a document that has classes to play; only fields whose datasets are there.
[[nodiscard]] std::vector<TemplateFile> templates_of(const Catalogue& catalogue,
                                                     const FieldWriter& fields);

}  // namespace open5e
