// SPDX-License-Identifier: AGPL-3.0-or-later
// A schema ready for use: the plan decides where it knows every keyword of the schema, valijson
// joins in where it does not.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernel/content/schema_plan.hpp"

namespace sz {

class CompiledSchema {
  public:
    // SZ-SCHEMA-002: it is no schema.
    [[nodiscard]] static Result<std::shared_ptr<const CompiledSchema>> compile(
        const Json& schema, const SchemaPlan::Documents& documents = {});
    ~CompiledSchema();

    // Empty if the value fits. `has_unknown` becomes true when unknown_keys would find some.
    // [any-thread]
    [[nodiscard]] std::vector<SchemaFault> faults(const Json& value, bool& has_unknown) const;
    [[nodiscard]] std::vector<SchemaFault> unknown_keys(const Json& value) const;

  private:
    struct Impl;
    explicit CompiledSchema(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The schema of this text, compiled once. SZ-JSON-0xx, SZ-SCHEMA-002. [any-thread]
[[nodiscard]] Result<std::shared_ptr<const CompiledSchema>> compiled_schema(
    const std::string& text);

}  // namespace sz
