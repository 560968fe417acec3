// SPDX-License-Identifier: AGPL-3.0-or-later
#include "answers.hpp"

#include <charconv>

#include "limits.hpp"
#include "xml_text.hpp"

namespace upnp {

std::string soap_question(std::string_view service, std::string_view action,
                          const Arguments& arguments) {
    std::string text =
        "<?xml version=\"1.0\"?>\r\n"
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
        "s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>";
    text.append("<u:").append(action).append(" xmlns:u=\"").append(service).append("\">");
    for (const auto& [name, value] : arguments) {
        text.append("<").append(name).append(">").append(escaped(value));
        text.append("</").append(name).append(">");
    }
    text.append("</u:").append(action).append("></s:Body></s:Envelope>\r\n");
    return text;
}

std::string SoapAnswer::value(std::string_view element) const {
    return element_text(body, element).value_or("");
}

SoapAnswer soap_answer(std::string_view action, unsigned status, std::string body) {
    SoapAnswer answer;
    if (const auto number = element_text(body, "errorCode")) {
        answer.error = code::nonsense;
        int read = 0;
        const char* end = number->data() + number->size();
        if (std::from_chars(number->data(), end, read).ptr == end && read > 0 && read < 1000)
            answer.error = read;
        answer.words = shown(element_text(body, "errorDescription").value_or(""),
                             limits::router_words_bytes_max);
        return answer;
    }
    if (status != 200 || !has_element(body, std::string(action) + "Response"))
        answer.error = code::nonsense;
    answer.body = std::move(body);
    return answer;
}

}  // namespace upnp
