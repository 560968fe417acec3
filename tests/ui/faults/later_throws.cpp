// SPDX-License-Identifier: AGPL-3.0-or-later
#include "faulty_panel.hpp"

class LaterThrows final : public FaultyPanel {
  public:
    using FaultyPanel::FaultyPanel;
    void do_it() override {
        CallAfter([] { throw 7; });
    }
};

SZ_PANEL_PLUGIN("org.test.later-throws", LaterThrows, "later", "Later", "", 91)
