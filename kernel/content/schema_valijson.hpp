// SPDX-License-Identifier: AGPL-3.0-or-later
// valijson behind a small face: the one file that includes it is slow to compile.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "kernel/content/schema_plan.hpp"

namespace sz {

class ValijsonSchema {
  public:
    // SZ-SCHEMA-002: `schema` is no schema.
    [[nodiscard]] static Result<std::unique_ptr<const ValijsonSchema>> compile(
        const Json& schema, const SchemaPlan::Documents& documents = {});
    ~ValijsonSchema();

    // Its deepest disagreements, in its words; empty if the value fits. [any-thread]
    [[nodiscard]] std::vector<SchemaFault> check(const Json& value) const;

  private:
    struct Impl;
    explicit ValijsonSchema(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
