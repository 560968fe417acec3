// SPDX-License-Identifier: AGPL-3.0-or-later
#include "description.hpp"

#include <miniupnpc/miniupnpc.h>

#include <array>
#include <cstring>

#include "limits.hpp"
#include "xml_text.hpp"

namespace upnp {

namespace {

template <std::size_t Size>
std::string_view text_of(const char (&field)[Size]) {
    return {field, ::strnlen(field, Size)};
}

std::string name_in(std::string_view xml) {
    const auto part = [&](std::string_view element) {
        return shown(element_text(xml, element).value_or(""), limits::router_words_bytes_max);
    };
    const std::string name = part("friendlyName");
    const std::string model = part("modelName");
    if (name.empty()) return model.empty() ? "a router without a name" : model;
    const bool says_more = !model.empty() && name.find(model) == std::string::npos;
    return says_more ? name + " (" + model + ")" : name;
}

}  // namespace

bool is_service_type(std::string_view type) {
    static constexpr std::array known{"urn:schemas-upnp-org:service:WANIPConnection:1",
                                      "urn:schemas-upnp-org:service:WANIPConnection:2",
                                      "urn:schemas-upnp-org:service:WANPPPConnection:1"};
    for (const std::string_view one : known)
        if (type == one) return true;
    return false;
}

Description read_description(const Url& url, std::string_view xml) {
    IGDdatas data{};
    ::parserootdesc(xml.data(), static_cast<int>(xml.size()), &data);
    Description description;
    description.name = name_in(xml);
    Url base = url;
    if (const auto said = text_of(data.urlbase); !said.empty()) {
        const auto moved = resolve(url, said);
        if (!moved) description.points_elsewhere = true;
        base = moved.value_or(url);
    }
    for (const IGDdatas_service* service : {&data.first, &data.second}) {
        const std::string_view type = text_of(service->servicetype);
        if (!is_service_type(type)) continue;
        if (const auto control = resolve(base, text_of(service->controlurl)))
            description.services.push_back({*control, std::string(type)});
        else
            description.points_elsewhere = true;
    }
    return description;
}

}  // namespace upnp
