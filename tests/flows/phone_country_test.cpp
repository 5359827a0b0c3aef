// The country of a phone number.
#include "flows/phone/phone_country.hpp"

#include <catch2/catch.hpp>

using answerback::flows::country_of_phone;

TEST_CASE("a number is of the country that has its calling code, the largest where several share it") {
  CHECK(country_of_phone("+447700900123") == "GB");
  CHECK(country_of_phone("+33612345678") == "FR");
  CHECK(country_of_phone("+34612345678") == "ES");
  CHECK(country_of_phone("+525512345678") == "MX");
  CHECK(country_of_phone("+79161234567") == "RU");
  CHECK(country_of_phone("+211977123456") == "SS");
  CHECK(country_of_phone("+998901234567") == "UZ");
}

TEST_CASE("in North America the area code tells the country, and what is no other country's is of the United States") {
  CHECK(country_of_phone("+15125550142") == "US");
  CHECK(country_of_phone("+12042345678") == "CA");
  CHECK(country_of_phone("+14165550142") == "CA");
  CHECK(country_of_phone("+19422345678") == "CA");
  CHECK(country_of_phone("+12732345678") == "CA");
  CHECK(country_of_phone("+12422345678") == "BS");
  CHECK(country_of_phone("+18765550142") == "JM");
  CHECK(country_of_phone("+16585550142") == "JM");
  CHECK(country_of_phone("+18095550142") == "DO");
  CHECK(country_of_phone("+17875550142") == "PR");
  CHECK(country_of_phone("+18005550142") == "US");
}

TEST_CASE("numbers of no country, and what is no number, are of none") {
  for (const auto* phone : {"", "+", "5125550142", "44", "+80012345678", "+881612345678", "+88312345678", "+9991234567", "+2591234567"}) {
    CAPTURE(phone);
    CHECK(country_of_phone(phone).empty());
  }
}
