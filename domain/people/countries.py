"""Countries by their ISO 3166 codes, and what they are called in English and by their own people."""

import re
from collections.abc import Mapping

_WITH_ARTICLE = re.compile(
    r"Republic|Islands|Territor|^(?:United|Netherlands|Caribbean|Philippines|Bahamas|Maldives|Seychelles|Comoros|Gambia"
    r"|Isle|DR)\b"
)

# The states and territories of the United States, to which its post delivers as at home, are no countries here.
_TABLE = """
    AD Andorra; AE United Arab Emirates|UAE; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla;
    AL Albania|Shqipëri; AM Armenia; AO Angola; AR Argentina; AT Austria|Österreich|Osterreich|Oesterreich;
    AU Australia; AW Aruba; AX Åland Islands|Åland; AZ Azerbaijan; BA Bosnia and Herzegovina|Bosna i Hercegovina;
    BB Barbados; BD Bangladesh; BE Belgium|België|Belgique|Belgien; BF Burkina Faso; BG Bulgaria; BH Bahrain;
    BI Burundi|Uburundi; BJ Benin|Bénin; BL Saint Barthélemy|St. Barthélemy|Saint-Barthélemy; BM Bermuda; BN Brunei;
    BO Bolivia; BQ Caribbean Netherlands|Caribisch Nederland; BR Brazil|Brasil; BS Bahamas; BT Bhutan; BW Botswana;
    BY Belarus; BZ Belize; CA Canada|Kanada; CC Cocos (Keeling) Islands;
    CD DR Congo|Democratic Republic of the Congo;
    CF Central African Republic|Ködörösêse tî Bêafrîka|République centrafricaine; CG Congo;
    CH Switzerland|Schweiz|Suisse|Svizzera; CI Côte d'Ivoire|Ivory Coast; CK Cook Islands; CL Chile;
    CM Cameroon|Cameroun; CN China; CO Colombia; CR Costa Rica; CU Cuba; CV Cape Verde|Cabo Verde; CW Curaçao;
    CX Christmas Island; CY Cyprus|Kıbrıs; CZ Czechia|Česko|Czech Republic; DE Germany|Deutschland|BRD; DJ Djibouti;
    DK Denmark|Danmark|Daenemark; DM Dominica; DO Dominican Republic|República Dominicana; DZ Algeria|Algérie;
    EC Ecuador; EE Estonia|Eesti; EG Egypt; EH Western Sahara; ER Eritrea; ES Spain|España|Espana; ET Ethiopia;
    FI Finland|Suomi; FJ Fiji; FK Falkland Islands; FO Faroe Islands|Føroyar; FR France|Frankreich; GA Gabon;
    GB United Kingdom|Great Britain|England|Scotland|Wales|Northern Ireland|UK|U.K.; GD Grenada; GE Georgia;
    GF French Guiana|Guyane française; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland|Kalaallit Nunaat; GM Gambia;
    GN Guinea|Guinée; GP Guadeloupe; GQ Equatorial Guinea|Guinea Ecuatorial|Guinée équatoriale|Guiné Equatorial;
    GR Greece|Hellas; GT Guatemala; GW Guinea-Bissau|Guiné-Bissau; GY Guyana; HK Hong Kong; HN Honduras;
    HR Croatia|Hrvatska; HT Haiti|Haïti; HU Hungary|Magyarország|Ungarn; ID Indonesia;
    IE Ireland|Éire|Republic of Ireland; IL Israel; IM Isle of Man|Ellan Vannin; IN India; IQ Iraq; IR Iran;
    IS Iceland|Ísland; IT Italy|Italia|Italien; JE Jersey; JM Jamaica; JO Jordan; JP Japan|Nippon; KE Kenya;
    KG Kyrgyzstan; KH Cambodia; KI Kiribati; KM Comoros; KN Saint Kitts and Nevis|St. Kitts and Nevis;
    KP North Korea; KR South Korea|Korea|Republic of Korea; KW Kuwait; KY Cayman Islands; KZ Kazakhstan; LA Laos;
    LB Lebanon; LC Saint Lucia|St. Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho;
    LT Lithuania|Lietuva; LU Luxembourg|Lëtzebuerg|Luxemburg; LV Latvia|Latvija; LY Libya; MA Morocco; MC Monaco;
    MD Moldova|Republica Moldova; ME Montenegro|Crna Gora; MF Saint Martin|St. Martin|Saint-Martin;
    MG Madagascar|Madagasikara; MK North Macedonia|Macedonia; ML Mali; MM Myanmar|Burma; MN Mongolia; MO Macao|Macau;
    MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius|Maurice; MV Maldives; MW Malawi;
    MX Mexico|Mexiko; MY Malaysia; MZ Mozambique|Moçambique; NA Namibia; NC New Caledonia|Nouvelle-Calédonie;
    NE Niger; NF Norfolk Island; NG Nigeria|Nàìjíríà; NI Nicaragua; NL Netherlands|Nederland|Holland|The Netherlands;
    NO Norway|Norge|Noreg; NP Nepal; NR Nauru; NU Niue; NZ New Zealand|Aotearoa; OM Oman; PA Panama|Panamá;
    PE Peru|Perú; PF French Polynesia|Polynésie française; PG Papua New Guinea|Papua Niugini;
    PH Philippines|Pilipinas; PK Pakistan; PL Poland|Polska|Polen;
    PM Saint Pierre and Miquelon|St. Pierre and Miquelon|Saint-Pierre-et-Miquelon; PN Pitcairn Islands; PS Palestine;
    PT Portugal; PY Paraguay|Paraguai; QA Qatar; RE Réunion|La Réunion; RO Romania|România; RS Serbia|Srbija;
    RU Russia|Russian Federation; RW Rwanda|U Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan;
    SE Sweden|Sverige|Schweden; SG Singapore|Singapura; SH Saint Helena|St. Helena; SI Slovenia|Slovenija;
    SJ Svalbard and Jan Mayen|Svalbard og Jan Mayen; SK Slovakia|Slovensko; SL Sierra Leone; SM San Marino;
    SN Senegal|Sénégal; SO Somalia|Soomaaliya; SR Suriname; SS South Sudan;
    ST São Tomé and Príncipe|São Tomé e Príncipe; SV El Salvador; SX Sint Maarten|Sint-Maarten; SY Syria;
    SZ Eswatini|Swaziland; TC Turks and Caicos Islands; TD Chad|Tchad; TG Togo; TH Thailand; TJ Tajikistan;
    TK Tokelau; TL Timor-Leste|East Timor; TM Turkmenistan|Türkmenistan; TN Tunisia|Tunisie; TO Tonga;
    TR Türkiye|Turkey; TT Trinidad and Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; UG Uganda; UY Uruguay;
    UZ Uzbekistan; VA Vatican City|Vatican; VC Saint Vincent and Grenadines|St. Vincent and Grenadines; VE Venezuela;
    VG British Virgin Islands; VN Vietnam|Viet Nam; VU Vanuatu; WF Wallis and Futuna|Wallis-et-Futuna; WS Samoa;
    XK Kosovo|Kosovë; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe;
    US United States|United States of America|USA|U.S.|US|America
"""


def _read(row: str) -> tuple[str, tuple[str, ...]]:
    code, _, names = row.strip().partition(" ")
    return code, tuple(names.split("|"))


NAMES: Mapping[str, tuple[str, ...]] = dict(_read(row) for row in " ".join(_TABLE.split()).split("; "))
CODES: Mapping[str, str] = {name.casefold().replace(".", ""): code for code, names in NAMES.items() for name in names}


def name_of(code: str) -> str:
    """What a country is called in an English sentence: Canada, the United States."""
    name = NAMES[code][0]
    return f"the {name}" if _WITH_ARTICLE.search(name) else name
