// Networks that are not the public internet, as data, with where each row comes from.
#pragma once

#include <array>
#include <string_view>

namespace answerback::webhooks {

struct SpecialNetwork {
  std::string_view cidr;
  std::string_view what;
};

// IANA IPv4 Special-Purpose Address Registry (RFC 6890 and its updates) as of 2025-10, whether "globally reachable" or not: what is
// in it is no host of a receiver's. Multicast is RFC 5771; 168.63.129.16 is Azure's, and answers inside it only.
inline constexpr auto special_v4 = std::to_array<SpecialNetwork>({
    {"0.0.0.0/8", "this network, RFC 791"},
    {"10.0.0.0/8", "private, RFC 1918"},
    {"100.64.0.0/10", "shared, RFC 6598"},
    {"127.0.0.0/8", "loopback, RFC 1122"},
    {"169.254.0.0/16", "link-local, RFC 3927"},
    {"172.16.0.0/12", "private, RFC 1918"},
    {"192.0.0.0/24", "protocol assignments, RFC 6890"},
    {"192.0.2.0/24", "documentation, RFC 5737"},
    {"192.31.196.0/24", "AS112, RFC 7535"},
    {"192.52.193.0/24", "AMT, RFC 7450"},
    {"192.88.99.0/24", "6to4 relays, RFC 7526"},
    {"192.168.0.0/16", "private, RFC 1918"},
    {"192.175.48.0/24", "AS112, RFC 7534"},
    {"198.18.0.0/15", "benchmarks, RFC 2544"},
    {"198.51.100.0/24", "documentation, RFC 5737"},
    {"203.0.113.0/24", "documentation, RFC 5737"},
    {"224.0.0.0/4", "multicast, RFC 5771"},
    {"240.0.0.0/4", "reserved and broadcast, RFC 1112"},
    {"168.63.129.16/32", "Azure's wire server"},
});

// The only IPv6 space that is given out as global unicast (IANA IPv6 Global Unicast Address Assignments, RFC 4291)...
inline constexpr std::string_view global_unicast_v6 = "2000::/3";

// ...and what of it the IANA IPv6 Special-Purpose Address Registry takes out, as of 2025-10.
inline constexpr auto special_v6 = std::to_array<SpecialNetwork>({
    {"2001::/23", "protocol assignments, with Teredo, ORCHID and AMT, RFC 2928"},
    {"2001:db8::/32", "documentation, RFC 3849"},
    {"2002::/16", "6to4, RFC 3056"},
    {"2620:4f:8000::/48", "AS112, RFC 7534"},
    {"3fff::/20", "documentation, RFC 9637"},
});

// Where clouds hand out credentials, names or agents' orders to whoever asks on the machine. A wide `allow_private_cidrs` must not
// open them by accident; each opens only when it is named exactly. From the providers' documentation, 2025-10.
inline constexpr auto metadata_services = std::to_array<SpecialNetwork>({
    {"169.254.169.254/32", "AWS, Google, Azure, Oracle, DigitalOcean, Hetzner, OpenStack and others"},
    {"169.254.169.253/32", "AWS names"},
    {"169.254.169.123/32", "AWS time"},
    {"169.254.170.2/32", "AWS ECS tasks"},
    {"169.254.170.23/32", "AWS EKS pods"},
    {"169.254.42.42/32", "Scaleway"},
    {"169.254.0.23/32", "Tencent"},
    {"168.63.129.16/32", "Azure's wire server"},
    {"100.100.100.200/32", "Alibaba"},
    {"192.0.0.192/32", "Oracle Classic"},
    {"fd00:ec2::254/128", "AWS"},
    {"fd00:ec2::253/128", "AWS names"},
    {"fd00:ec2::123/128", "AWS time"},
    {"fd00:ec2::23/128", "AWS EKS pods"},
    {"fd20:ce::254/128", "Google"},
    {"fd00:c1::a9fe:a9fe/128", "Oracle"},
    {"fd00:42::42/128", "Scaleway"},
    {"fe80::a9fe:a9fe/128", "OpenStack"},
});

}  // namespace answerback::webhooks
