// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a formula: read, written again, and read again.
#include "plugins/fields-play/formula/parser.hpp"

#include "plugins/fields-play/tests/formula_text.hpp"
#include "target.hpp"

using namespace play::formula;
using mpst::fuzz::must;

namespace {

bool is_too_long(const FormulaFault& fault) {
    return std::string_view(fault.code) == "SZ-FIELD-281";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto parsed = parse(bytes);
    if (const auto* fault = std::get_if<FormulaFault>(&parsed)) {
        must(fault->at <= size, "a fault has its place in the formula");
        must(!fault->why.empty() && !fault->hint.empty(), "a fault says why, and what works");
        const Place place = place_of(bytes, fault->at);
        must(place.line >= 1 && place.column >= 1, "an editor counts from 1");
        return 0;
    }
    const std::string written = test::written(std::get<Expression>(parsed));
    const auto again = parse(written);
    if (const auto* fault = std::get_if<FormulaFault>(&again)) {
        // A blank more between two words may be one too many.
        must(is_too_long(*fault) && written.size() > formula_bytes_max,
             "a formula is read as it is written");
        return 0;
    }
    must(test::written(std::get<Expression>(again)) == written,
         "a formula that was read again is the same");
    return 0;
}
