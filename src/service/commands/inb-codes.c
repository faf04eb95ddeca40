#define G_LOG_DOMAIN "inb-service"

#include "inb-codes.h"

#include <string.h>

/* ISO 3166-1 alpha-2, and XK, which telephone numbering uses for Kosovo. */
static const char countries[] =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG "
  "CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL "
  "GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA "
  "LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP "
  "NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
  "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/* ISO 4217, without funds, metals and test codes. */
static const char currencies[] =
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC "
  "CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD "
  "JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
  "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
  "SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

static gboolean
is_listed (const char *list,
           const char *code,
           gsize       length)
{
  return strlen (code) == length && strchr (code, ' ') == NULL && strstr (list, code) != NULL;
}

gboolean
inb_country_is_valid (const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  return is_listed (countries, code, 2);
}

gboolean
inb_currency_is_valid (const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  return is_listed (currencies, code, 3);
}

/**
 * inb_timezone_is_valid:
 * @name: "Europe/Berlin", "UTC"; offsets such as "+01:00" are refused, as they know no summer time
 */
gboolean
inb_timezone_is_valid (const char *name)
{
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  if (!g_ascii_isalpha (name[0]) || strstr (name, "..") != NULL
      || strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") != strlen (name))
    return FALSE;

  zone = g_time_zone_new_identifier (name);

  return zone != NULL;
}

char *
inb_timezone_get_local (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);

  return g_strdup (inb_timezone_is_valid (name) ? name : "UTC");
}
