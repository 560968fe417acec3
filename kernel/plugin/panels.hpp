// SPDX-License-Identifier: AGPL-3.0-or-later
// The panels that the plugins offer, for a program with a window.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernel/plugin/panel.hpp"

struct sz_panels;

namespace sz {

// Filled while plugins load, read-only afterwards, which is what makes it [any-thread].
class Panels {
  public:
    explicit Panels(Bus& bus) : bus_(bus) {}

    // Takes what get_extension(SZ_PANELS_ID) gave. SZ-PLUGIN-036: a broken table.
    [[nodiscard]] Status add(const std::string& plugin, const sz_panels* table);
    void remove(const std::string& plugin);  // only while loading, and at the end

    // In the order in which they want to stand.
    [[nodiscard]] std::vector<PanelInfo> list() const;
    // `info` is one of list(); null when there is none such. The panel is not created yet. It ends
    // before the profile does. [ui-thread]
    [[nodiscard]] std::unique_ptr<Panel> make(const PanelInfo& info, PanelShell shell,
                                              Executor& ui) const;

  private:
    struct Offered {
        PanelInfo info;
        const sz_panel* table;
    };
    Bus& bus_;
    std::vector<Offered> offered_;
};

}  // namespace sz
