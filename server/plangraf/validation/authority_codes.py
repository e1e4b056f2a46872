"""The codes of the EU's authority tables that are expected of plans and their data.

The small tables are whole. The table of languages has nearly all of ISO 639-3, some thousands, and that of licences
grows; of these, codes that are not here are unexpected and may exist. Tables that are not here, such as those of
corporate bodies and of file types, are too large or change too often.

Source: https://op.europa.eu/en/web/eu-vocabularies.
"""

AUTHORITY = "http://publications.europa.eu/resource/authority/"

_LANGUAGES = """
AAR ABK AFR AKA AMH ARA ARG ASM AVA AVE AYM AZE BAK BAM BEL BEN BIH BIS BOD BOS BRE BUL CAT CES CHA CHE CHU CHV
COR COS CRE CYM DAN DEU DIV DZO ELL ENG EPO EST EUS EWE FAO FAS FIJ FIN FRA FRY FUL GLA GLE GLG GLV GRN GUJ HAT
HAU HBS HEB HER HIN HMO HRV HUN HYE IBO IDO III IKU ILE INA IND IPK ISL ITA JAV JPN KAL KAN KAS KAT KAU KAZ KHM
KIK KIN KIR KOM KON KOR KUA KUR LAO LAT LAV LIM LIN LIT LTZ LUB LUG MAH MAL MAR MKD MLG MLT MON MRI MSA MYA NAU
NAV NBL NDE NDO NEP NLD NNO NOB NOR NYA OCI OJI ORI ORM OSS PAN PLI POL POR PUS QUE ROH RON RUN RUS SAG SAN SIN
SLK SLV SME SMO SNA SND SOM SOT SPA SQI SRD SRP SSW SUN SWA SWE TAH TAM TAT TEL TGK TGL THA TIR TON TSN TSO TUK
TUR TWI UIG UKR URD UZB VEN VIE VOL WLN WOL XHO YID YOR ZHA ZHO ZUL SMI SMA SMJ SMN SMS SJD SJE SJT SJU FKV FIT
KRL NSL SSL FSE ASE BFI ICL SGN ROM RMY RMN RMF RMG RMU RHG RMC MUL UND ZXX MIS OP_DATPRO CNR FIL PRS CKB KMR
"""

_LICENCES = """
0BSD AFL_3_0 AGPL_3_0 APACHE_1_1 APACHE_2_0 ART_2_0 BSD_2_CLAUSE BSD_3_CLAUSE BSL_1_0 CC0 CC_BY CC_BYNC
CC_BYNCND CC_BYNCND_1_0 CC_BYNCND_3_0 CC_BYNCND_4_0 CC_BYNCSA CC_BYNCSA_3_0 CC_BYNCSA_4_0 CC_BYNC_3_0
CC_BYNC_4_0 CC_BYND CC_BYND_3_0 CC_BYND_4_0 CC_BYSA CC_BYSA_3_0 CC_BYSA_4_0 CC_BY_1_0 CC_BY_2_0 CC_BY_2_5
CC_BY_3_0 CC_BY_3_0_AT CC_BY_3_0_IGO CC_BY_3_0_NL CC_BY_4_0 CC_PDM_1_0 COM_REUSE DCL_DE_BY_2_0 DE_DL_BY_2_0
DE_DL_ZERO_2_0 DL_BY_DE_2_0 DL_ZERO_DE_2_0 ECL_2_0 EPL_1_0 EPL_2_0 ETALAB_2_0 EUPL_1_0 EUPL_1_1 EUPL_1_2
GFDL_1_3 GPL_2_0 GPL_3_0 IODL_1_0 IODL_2_0 ISC JHU LGPL_2_1 LGPL_3_0 LO_FR_2_0 MIT MPL_1_1 MPL_2_0 NCSA NLOD_1_0
NLOD_2_0 ODC_BL ODC_BY ODC_PDDL OGL_1_0 OGL_2_0 OGL_3_0 OGL_NC OGL_ROU_1_0 OP_DATPRO PSEUL UNLICENSE ZPL_2_1
"""

_CODES = {
    "language": _LANGUAGES,
    "data-theme": "AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST OP_DATPRO REGI SOCI TECH TRAN",
    "licence": _LICENCES,
    "access-right": "CONFIDENTIAL NON_PUBLIC NORMAL OP_DATPRO PUBLIC RESTRICTED SENSITIVE",
    "planned-availability": "AVAILABLE EXPERIMENTAL OP_DATPRO STABLE TEMPORARY",
    "distribution-status": "COMPLETED DEPRECATED DEVELOP OP_DATPRO WITHDRAWN",
    "dataset-status": "COMPLETED DEPRECATED DEVELOP DISCONT OP_DATPRO WITHDRAWN",
}
EXPECTED_CODES = {table: frozenset(codes.split()) for table, codes in _CODES.items()}
"""The expected codes by the name of the table."""


def is_unexpected_code(iri: str) -> bool:
    """Return whether `iri` is of a table of the EU's that is known here, and of no code that is expected of it."""
    table, slash, code = iri.removeprefix(AUTHORITY).partition("/")
    if not slash or not iri.startswith(AUTHORITY):
        return False
    codes = EXPECTED_CODES.get(table)
    return codes is not None and code not in codes
