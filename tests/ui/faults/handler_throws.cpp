// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdexcept>

#include "faulty_panel.hpp"

class HandlerThrows final : public FaultyPanel {
  public:
    using FaultyPanel::FaultyPanel;
    void do_it() override { throw std::runtime_error("the ink is dry"); }
};

SZ_PANEL_PLUGIN("org.test.handler-throws", HandlerThrows, "throws", "Throws", "", 90)
