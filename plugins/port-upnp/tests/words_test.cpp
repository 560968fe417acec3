// SPDX-License-Identifier: AGPL-3.0-or-later
// What needs no router: addresses, requests, XML, sentences.
#include <sz/cpp/json.hpp>

#include "../addresses.hpp"
#include "../answers.hpp"
#include "../description.hpp"
#include "../limits.hpp"
#include "../request.hpp"
#include "../sentences.hpp"
#include "../xml_text.hpp"
#include "fake_router.hpp"
#include "tests/support/catch.hpp"

using namespace upnp;

namespace {

AddressKind kind(const char* address) { return kind_of(parse_ipv4(address).value()); }

Json request(const char* key, const Json& value) {
    Json made{{"protocol", "udp"}, {"port", 41'977}};
    made[key] = value;
    return made;
}

// The pointer of the fault, or "taken".
std::string verdict(const Json& request) {
    const auto parsed = parse_request(request.dump());
    if (parsed) return "taken";
    CHECK(parsed.error().code == "SZ-PORT-006");
    CHECK(parsed.error().status == SZ_ERR_INVALID);
    return parsed.error().pointer;
}

const Json good_mapping{{"router", "http://192.168.1.1:5000/rootDesc.xml"},
                        {"control", "http://192.168.1.1:5000/ctl"},
                        {"service", "urn:schemas-upnp-org:service:WANIPConnection:1"},
                        {"protocol", "udp"},
                        {"outside_port", 41'977},
                        {"inside_port", 41'978},
                        {"inside_address", "192.168.1.10"}};

}  // namespace

TEST_CASE("an address is known by who can reach it") {
    CHECK(kind("1.1.1.1") == AddressKind::open);
    CHECK(kind("9.255.255.255") == AddressKind::open);
    CHECK(kind("10.0.0.0") == AddressKind::home);
    CHECK(kind("10.255.255.255") == AddressKind::home);
    CHECK(kind("11.0.0.0") == AddressKind::open);
    CHECK(kind("100.63.255.255") == AddressKind::open);
    CHECK(kind("100.64.0.0") == AddressKind::carrier);
    CHECK(kind("100.127.255.255") == AddressKind::carrier);
    CHECK(kind("100.128.0.0") == AddressKind::open);
    CHECK(kind("127.0.0.1") == AddressKind::loopback);
    CHECK(kind("169.254.7.7") == AddressKind::home);
    CHECK(kind("172.15.255.255") == AddressKind::open);
    CHECK(kind("172.16.0.0") == AddressKind::home);
    CHECK(kind("172.31.255.255") == AddressKind::home);
    CHECK(kind("172.32.0.0") == AddressKind::open);
    CHECK(kind("192.0.0.2") == AddressKind::carrier);
    CHECK(kind("192.0.2.1") == AddressKind::reserved);
    CHECK(kind("192.168.0.1") == AddressKind::home);
    CHECK(kind("198.17.255.255") == AddressKind::open);
    CHECK(kind("198.18.0.1") == AddressKind::reserved);
    CHECK(kind("198.51.100.7") == AddressKind::reserved);
    CHECK(kind("203.0.113.11") == AddressKind::reserved);
    CHECK(kind("223.255.255.255") == AddressKind::open);
    CHECK(kind("224.0.0.1") == AddressKind::reserved);
    CHECK(kind("255.255.255.255") == AddressKind::reserved);
    CHECK(kind("0.0.0.0") == AddressKind::none);
}

TEST_CASE("an address is four decimal numbers and nothing else") {
    for (const char* text :
         {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "a.b.c.d", "1..2.3",
          "-1.2.3.4", "1.2.3.", ".1.2.3", "0x1.2.3.4", "::1"})
        CHECK_FALSE(parse_ipv4(text));
    CHECK(parse_ipv4("192.168.1.10") == 0xC0A8010AU);
}

TEST_CASE("a URL of a router has an address in numbers") {
    CHECK(parse_url("http://192.168.1.1:5000/rootDesc.xml") ==
          Url{"192.168.1.1", 5000, "/rootDesc.xml"});
    CHECK(parse_url("http://192.168.1.1") == Url{"192.168.1.1", 80, "/"});
    for (const char* text :
         {"https://192.168.1.1/", "http://router.home/", "http://192.168.1.1:0/",
          "http://192.168.1.1:65536/", "http://192.168.1.1:/", "http://1@192.168.1.1/",
          "http://192.168.1.1/a b", "http://192.168.1.1/a\r\nX: y", "ftp://192.168.1.1/", ""})
        CHECK_FALSE(parse_url(text));
    const std::string begin = "http://192.168.1.1/";
    CHECK(parse_url(begin + std::string(limits::url_bytes_max - begin.size(), 'a')));
    CHECK_FALSE(parse_url(begin + std::string(limits::url_bytes_max - begin.size() + 1, 'a')));
}

TEST_CASE("what a description points to is on the machine that described itself") {
    const Url base{"192.168.1.1", 5000, "/rootDesc.xml"};
    CHECK(resolve(base, "/ctl") == Url{"192.168.1.1", 5000, "/ctl"});
    CHECK(resolve(base, "ctl") == Url{"192.168.1.1", 5000, "/ctl"});
    CHECK(resolve(base, "http://192.168.1.1:49152/ctl") == Url{"192.168.1.1", 49152, "/ctl"});
    CHECK_FALSE(resolve(base, "http://192.168.1.2:5000/ctl"));
    CHECK_FALSE(resolve(base, "http://example.org/ctl"));
    CHECK_FALSE(resolve(base, ""));
    CHECK_FALSE(resolve(base, "/a b"));
    CHECK(resolve(base, "//example.org/ctl") == Url{"192.168.1.1", 5000, "//example.org/ctl"});
}

TEST_CASE("a request is held against its limits") {
    CHECK(verdict({{"protocol", "udp"}, {"port", 1}}) == "taken");
    CHECK(verdict({{"protocol", "tcp"}, {"port", 65'535}}) == "taken");
    CHECK(verdict({{"protocol", "sctp"}, {"port", 1}}) == "/protocol");
    CHECK(verdict({{"port", 1}}) == "/protocol");
    CHECK(verdict({{"protocol", "udp"}}) == "/port");
    CHECK(verdict(request("port", 0)) == "/port");
    CHECK(verdict(request("port", 65'536)) == "/port");
    CHECK(verdict(request("port", -1)) == "/port");
    CHECK(verdict(request("port", "41977")) == "/port");
    CHECK(verdict(request("lease_s", 0)) == "taken");
    CHECK(verdict(request("lease_s", 604'800)) == "taken");
    CHECK(verdict(request("lease_s", 604'801)) == "/lease_s");
    CHECK(verdict(request("patience_ms", 99)) == "/patience_ms");
    CHECK(verdict(request("patience_ms", 100)) == "taken");
    CHECK(verdict(request("patience_ms", 60'000)) == "taken");
    CHECK(verdict(request("patience_ms", 60'001)) == "/patience_ms");
    CHECK(verdict(request("description", std::string(60, 'a'))) == "taken");
    CHECK(verdict(request("description", std::string(61, 'a'))) == "/description");
    CHECK(verdict(request("description", "")) == "/description");
    CHECK(verdict(request("description", "Tisch für zwei")) == "/description");
    CHECK(verdict(request("router", "http://192.168.1.1:5000/x")) == "taken");
    CHECK(verdict(request("router", "http://8.8.8.8/x")) == "/router");
    CHECK(verdict(request("router", "http://router.home/x")) == "/router");
    CHECK_FALSE(parse_request("[]"));
    CHECK_FALSE(parse_request("{"));
    const std::string long_one =
        request("note", std::string(limits::request_bytes_max, 'a')).dump();
    CHECK_FALSE(parse_request(long_one));
}

TEST_CASE("a mapping comes back as it was written") {
    const auto mapping = parse_mapping(good_mapping.dump());
    REQUIRE(mapping);
    CHECK(mapping->json() == good_mapping);
}

TEST_CASE("a mapping that this plugin cannot have made is refused, and as a wish left out") {
    const Json wrong{{"router", "http://8.8.8.8/x"},
                     {"control", "http://192.168.1.2:5000/ctl"},
                     {"service", "urn:evil:service:1"},
                     {"protocol", "icmp"},
                     {"outside_port", 0},
                     {"inside_port", 65'536},
                     {"inside_address", "home"}};
    for (const auto& [key, value] : wrong.items()) {
        Json changed = good_mapping;
        changed[key] = value;
        INFO(key);
        CHECK_FALSE(parse_mapping(changed.dump()));
        const auto wished = parse_request(request("previous", changed).dump());
        REQUIRE(wished);
        CHECK_FALSE(wished->previous);
    }
    CHECK(parse_request(request("previous", good_mapping).dump())->previous);
    CHECK_FALSE(parse_request(request("previous", "x").dump())->previous);
}

TEST_CASE("an element is found by its name, whatever its prefix") {
    CHECK(element_text("<a><b>1</b></a>", "b") == "1");
    CHECK(element_text("<a><u:b x='1'> 1 </u:b></a>", "b") == "1");
    CHECK(element_text("<b/>", "b") == "");
    CHECK(element_text("<b>1 &lt; 2 &amp;amp;</b>", "b") == "1 < 2 &amp;");
    CHECK_FALSE(element_text("<bb>1</bb>", "b"));
    CHECK_FALSE(element_text("<ab>1</ab>", "b"));
    CHECK_FALSE(element_text("</b>1", "b"));
    CHECK_FALSE(element_text("<b>1", "b"));
    CHECK_FALSE(element_text("<b><c>1</c></b>", "b"));
    CHECK_FALSE(element_text("<c d='<b>'>1</c>", "d"));
    CHECK_FALSE(element_text("b", "b"));
    CHECK_FALSE(element_text("", "b"));
}

TEST_CASE("a stranger's words are shown in one line, cut, and as text") {
    CHECK(shown("a\nb\tc\x7f"
                "d",
                20) == "a b c d");
    CHECK(shown("K\xC3\xBC"
                "che",
                20) == "Küche");
    CHECK(shown("K\xC3", 20) == "K?");
    CHECK(shown("\xE2\x80\xA8", 2).empty());
    CHECK(shown("abcdef", 3) == "abc");
    CHECK(shown("\xC2\x9B"
                "31m",
                20) == " 31m");
    CHECK(escaped("<a> & 'b' \"c\"") == "&lt;a&gt; &amp; &apos;b&apos; &quot;c&quot;");
}

TEST_CASE("a yes is only a yes in the action's own words") {
    const std::string yes = "<u:AddPortMappingResponse></u:AddPortMappingResponse>";
    CHECK(soap_answer("AddPortMapping", 200, yes).is_ok());
    CHECK(soap_answer("AddPortMapping", 404, yes).error == code::nonsense);
    CHECK(soap_answer("DeletePortMapping", 200, yes).error == code::nonsense);
    CHECK(soap_answer("AddPortMapping", 200, "").error == code::nonsense);
    CHECK(soap_answer("AddPortMapping", 200, "<html>Log in</html>").error == code::nonsense);
    const SoapAnswer no =
        soap_answer("AddPortMapping", 500,
                    "<errorCode>606</errorCode><errorDescription>Not\nyou</errorDescription>");
    CHECK(no.error == 606);
    CHECK(no.words == "Not you");
    for (const char* number : {"0", "-5", "1000", "x", "", "99999999999"})
        CHECK(soap_answer("A", 500, "<errorCode>" + std::string(number) + "</errorCode>").error ==
              code::nonsense);
}

TEST_CASE("a description names the router and its services") {
    const Url url{"192.168.1.1", 5000, "/desc.xml"};
    const Description read = read_description(url, upnp::test::description());
    CHECK(read.name == "Test & Co router (T1)");
    REQUIRE(read.services.size() == 1);
    CHECK(read.services[0].control == Url{"192.168.1.1", 5000, "/control"});
    CHECK(read.services[0].type == "urn:schemas-upnp-org:service:WANIPConnection:1");
    CHECK_FALSE(read.points_elsewhere);
    const Description other =
        read_description(url, upnp::test::description("http://192.168.1.66/control"));
    CHECK(other.services.empty());
    CHECK(other.points_elsewhere);
    CHECK(read_description(url, "<root").services.empty());
    CHECK(read_description(url, std::string(200'000, '<')).services.empty());
    CHECK(read_description(url, "").name == "a router without a name");
}

TEST_CASE("each way to fail has its code, its sentence and a way out") {
    const Case about{Protocol::udp, 41'977, "Box 7", "192.168.1.10"};
    SoapAnswer no;
    no.error = 606;
    no.words = "Action not authorized";
    const auto by_hand =
        "forward UDP port 41977 to 192.168.1.10 (this computer) by hand in the router's settings.";
    CHECK(refused(about, no).code == "SZ-PORT-002");
    CHECK(refused(about, no).message ==
          "The router “Box 7” refused to forward UDP port 41977: it does not allow it (error 606, "
          "“Action not authorized”).");
    CHECK(refused(about, no).hint.ends_with(by_hand));
    no.error = 799;
    no.words.clear();
    CHECK(refused(about, no).message ==
          "The router “Box 7” refused to forward UDP port 41977: error 799.");
    CHECK(no_router(about).code == "SZ-PORT-001");
    CHECK(no_router(about).message == "No router in this network answered.");
    CHECK(no_router(about).hint.ends_with(by_hand));
    CHECK(no_router({Protocol::tcp, 80, "", ""})
              .hint.ends_with(
                  "forward TCP port 80 to this computer by hand in the router's settings."));
    CHECK(all_taken(about, {41'977, 50'000}).code == "SZ-PORT-003");
    CHECK(all_taken(about, {41'977, 50'000}).message.ends_with("already: 41977, 50000."));
    CHECK(no_open_address(about, "100.64.0.11").code == "SZ-PORT-004");
    CHECK(no_open_address(about, "100.64.0.11").message ==
          "The internet provider shares one address among several homes (carrier NAT): the router "
          "“Box 7” has 100.64.0.11, which nobody can reach from the Internet.");
    CHECK(no_open_address(about, "192.168.0.2").message ==
          "The router “Box 7” is behind another router: its own address is 192.168.0.2, which "
          "nobody can reach from the Internet.");
    CHECK(no_open_address(about, "203.0.113.1")
              .message.ends_with("is 203.0.113.1, which is reserved and leads nowhere."));
    CHECK(no_open_address(about, "").message.find("carrier NAT") != std::string::npos);
    CHECK(not_connected(about).code == "SZ-PORT-004");
    for (const auto& fault : {makes_no_sense(about), stopped_answering(about),
                              said_yes_and_did_not(about), points_elsewhere(about)}) {
        CHECK(fault.code == "SZ-PORT-005");
        CHECK(fault.status == SZ_ERR_ENVIRONMENT);
        CHECK(fault.message.ends_with("."));
        CHECK(fault.hint.ends_with("."));
    }
    no.error = code::cancelled;
    CHECK(trouble(about, no).status == SZ_ERR_CANCELLED);
    CHECK(trouble(about, no).message.empty());
}
