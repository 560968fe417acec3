// SPDX-License-Identifier: AGPL-3.0-or-later
// The field types of all plugins behind one face.
#pragma once

#include <sz/ext/field_type.h>

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/plugin/services.hpp"

namespace sz {

// Filled while plugins load, read-only afterwards but for what it remembers, which is what makes it
// [any-thread].
class PluginFieldTypes final : public FieldTypes {
  public:
    // Takes what get_extension(SZ_FIELD_TYPES_ID) gave. SZ-PLUGIN-036 a broken table, or a name
    // that another plugin has.
    [[nodiscard]] Status add(const std::string& plugin, const sz_field_types* table);
    void remove(const std::string& plugin);  // only while loading

    [[nodiscard]] bool has(std::string_view type) const override;
    [[nodiscard]] std::vector<std::string> names() const override;
    [[nodiscard]] std::string plugin_of(std::string_view type) const;
    [[nodiscard]] Result<Json> describe(std::string_view type) const override;
    [[nodiscard]] Result<Json> normalize(const Json& definition, const Json& value,
                                         Findings& findings) const override;
    [[nodiscard]] Result<FieldChange> apply(const Json& definition, const Json& value,
                                            const Json& operation) const override;
    [[nodiscard]] Result<std::string> format(const Json& definition, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<Json> parse(const Json& definition, std::string_view text,
                                     std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const Json& definition,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const Json& definition, const Json& value) const override;
    [[nodiscard]] Result<FieldEvaluation> evaluate(const Json& definition, const Json& value,
                                                   const Json& effects,
                                                   FieldResolver& resolver) const override;

    struct Type {
        const sz_field_type* table = nullptr;
        std::string plugin;
    };
    [[nodiscard]] const Type* find(std::string_view name) const;

  private:
    [[nodiscard]] Result<Json> ask_for_description(std::string_view type) const;

    std::map<std::string, Type, std::less<>> types_;
    // What describe gave: it says the same as long as the plugin is there, and each change asks.
    mutable std::mutex describing_;
    mutable std::map<std::string, Json, std::less<>> descriptions_;
};

}  // namespace sz
