import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { createMasker } from "../../src/masking/masker.ts";
import type { PrivacyMode } from "../../src/masking/privacy-mode.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const tag = createTag(new Uint8Array(32).fill(4));
const maskerOf = (mode: PrivacyMode) => createMasker({ rules, mode, tag });
const moderate = maskerOf("moderate");
const strict = maskerOf("strict");

describe("code and its documentation are left alone in moderate", () => {
	test.each([
		["a word that only begins like one for passwords", "Passthrough inline: a^*=x-b^*|inline|0:END"],
		["a word that only ends like one", "const onepass = re2.onepass;\n"],
		["what a check says when it passed", '"pass": "Element\'s title attribute is unique",'],
		["the same in another language", '"pass": "\'autocomplete\'-attributten bruges",'],
		["a verb", "Users must pass something:\n```console\n$ busybox"],
		["names in a list", 'split = ["splitpasswd", "splitport", "splitquery"]'],
		["arguments of a call", 'new Token("somebody", "password", "ROLE_1", "ROLE_2")'],
		[
			"a parameter before a docstring",
			'def login(self, user, password):\n    """Authorisation of a user."""',
		],
		["a parameter before code", "def decrypt(self, member, pwd):\n        key0 = 305419896\n"],
		["parameters with defaults", "def open(self, name, pwd=None, *, force_zip64=False):"],
		["an assignment of several", "username, password = split_user\n"],
		["a field given a parameter", "self.key_password = key_password\n"],
		["a field given a parameter's part", "smtp.user, smtp.password = sim_auth[0], sim_auth[1]\n"],
		["a function given a name", "    getpass = fallback_getpass\n    pw = pw[:-1]\n"],
		["a member of another module", "keyDetails: protobuf_specs_1.PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,"],
		["a variable called authorization", "authorization = base64.decodebytes(authorization)\n"],
		[
			"a class with a figure",
			"OAuth2Authorization authorization = TestOAuth2Authorizations.authorization();",
		],
		["a call over two rows", "authorization = TestOAuth2Authorizations\n\t.authorization(client)"],
		["a cast", "Saml2X509Credential that = (Saml2X509Credential) o;"],
		["keywords", '"Keyword": "Win32Proj", StringsToKeywords("keyword2", "keyword5")'],
		["a property's name", '<prop key="hibernate.hbm2ddl.auto">create-drop</prop>'],
		["a redirection", "./sign2 sign2-doc.xml rsakey.pem > sign2-res.xml"],
		["attributes beside each other", '<label for="password" class="screenreader">Password</label>'],
		["a magic number", "  CSMAGIC_EMBEDDED_SIGNATURE = 0xfade0cc0, /* embedded */"],
		["a public key", '"publicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEkr7Z6k8TDS6Mc36C9WnYend5"'],
		["a question", "await readUserInfo.password('Current password: ')"],
		["prose about who identifies what", 'the function identified by "repeat" is overwritten'],
		["an address of nobody", "proto://username:password@hostname.com:user/repo"],
		["the name of a feature with its date", "`token-efficient-tools-2025-02-19`"],
		["an import", "proxy_auth = base64.b64encode(proxy_pass)"],
		["a stand-in for credentials", `Authorization: Basic ${btoa("admin:password")}`],
		["a place for a password", 'f"http://{USER}:{PASSWORD}@request.example"'],
		["credentials of a letter each", '("http://u:p@Some.Host/path", "http://some.host.proxy")'],
		[
			"a key that is encrypted itself",
			"encrypted_key: 'd3qNhUWfqheyPp4H8sjOWsDYajoej4c5Je6rlUtFPWdgtURtmeDV1g',",
		],
		["a duration", "# config.reset_password_within = 6.hours\n"],
		["which host it is", '"hostId": "29d3c8c896a45aa4c34e52247875d7fefc3d94bbcc9f622b5d204362",'],
		[
			"a type in a list of parameters",
			"OAuth2Authorization authorization, OAuth2AuthorizationCodeToken token)",
		],
		["a switch among others", '"user:@/?allowOldPasswords=TRUE&collation=utf8mb4_unicode_ci"'],
		["what is protected already", 'sb.append("Password=[PROTECTED]; ");'],
	])("%s", (_, text) => {
		expect(moderate.maskText(text).text).toBe(text);
	});
});

describe("names with figures in them are left alone in strict", () => {
	test.each([
		"private static Saml2X509Credential getSaml2Credential() {",
		"SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA1.name()",
		"accessTokenResponse.getAccessToken() OAuth2AccessToken.TokenType",
		"case PublicKeyDetails.PKIX_RSA_PKCS1V15_3072_SHA256:",
		"#define sk_PKCS12_SAFEBAG_free(sk) OPENSSL_sk_free(sk)",
		"extern const unsigned char ossl_der_oid_c2pnb272w1[DER_OID_SZ_c2pnb272w1];",
		"aarch64_sve_uqincp_n32,   // llvm.aarch64.sve.uqincp",
		'const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";',
	])("%s", (text) => {
		expect(strict.maskText(text).text).toBe(text);
	});

	test.each([
		["sentences about what passed", '"pass": "Abstract roles are not used",'],
		["a message", 'getMessage("Provider.emptyPassword", "Empty Password")'],
		["what comes behind an empty one", "def login(self, user='', passwd='', acct=''):"],
		["how it is encoded", "hmac.HMAC(self.password.encode('ascii'), challenge)"],
		["a call's argument", "const vKey = isKeyPair(secretOrKeyPair)"],
		["a pin of a certificate", 'add("san.com", "sha1/afwiKY3RxoMmLkuRW1l7QsPZTJPwDS2pdDROQjXw8ig=")'],
		["a picture", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"],
		["which key it is", "kid: 'a-5xuiQoRqlLBtec9jRpXoGTVOP10SGnj2Und0CHHxw',"],
		["a sentence in base64", `"${btoa("Many hands make light work.")}"`],
	])("as is %s", (_, text) => {
		expect(strict.maskText(text).text).toBe(text);
	});

	test("and a public key whose rows a comment begins, beside a secret", () => {
		const rows = [
			"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwhYOFK2Ocbbpb",
			"zVypi9SeKiNUqKQH0zTKN16fpCTu6Z",
		];
		const key = [`-----BEGIN PUBLIC KEY-----`, ...rows, `-----END PUBLIC KEY-----`].join("\n * ");
		const token = ["ghp", "_", "k3Xw9".repeat(7), "a"].join("");
		const masked = strict.maskText(` * ${key}\n * const token = "${token}"\n`).text;
		expect(masked).toContain(key);
		expect(masked).not.toContain(token.slice(8, 20));
	});

	test("and so is a certificate, in a string and in a block", () => {
		const row = "MIIEkjCCA3qgAwIBAgIQCgFBQgAAAVOFc2oLheynCDANBgkqhkiG9w0BAQsFADA7";
		const block = [row, `${row.slice(9)}QmSs7Xk2P`, `${row.slice(9)}Zq1Rt5Yw8`];
		const pem = (rows: readonly string[]) =>
			["-----BEGIN CERTIFICATE-----", ...rows, "-----END CERTIFICATE-----"].join("\n");
		expect(strict.maskText(pem(block)).text).toBe(pem(block));
		const quoted = pem(block)
			.split("\n")
			.map((line) => `  + "${line}\\n"`)
			.join("\n");
		expect(strict.maskText(quoted).text).toBe(quoted);
		expect(strict.maskText(`-----BEGIN CERTIFICATE-----\n${row}`).text).not.toContain(row.slice(20, 50));
	});
});

describe("what is given to a name is still masked in moderate", () => {
	const made = ["hunter", "2#Kq"].join("");
	test.each([
		["in code", `password = "${made}"`],
		["in a pair of arguments", `setProperty("password", "${made}")`],
		["in a field", `self.password = "${made}"`],
		["in a connection string", `Server=db;User ID=u;Password=${made};Trusted=False`],
		["in a configuration", `db.pass: ${made}\n`],
		["in a test of a form", `formLogin().password("${made}")`],
		["in a header", `Authorization: Basic ${btoa(`ada:${made}`)}`],
		["in a mapping", `{ pass: "${made}", user: "ada" }`],
	])("%s", (_, text) => {
		const masked = moderate.maskText(text).text;
		expect(masked).not.toContain(made);
		expect(masked).not.toContain(btoa(`ada:${made}`));
		expect(masked).toMatch(/\[\[[a-z-]+:[a-z2-7]{8}\]\]/);
	});
});

test.each(["01a21526-e400-744a-be26-b42635263467", "be26b426-3526-4467-8000-0123456789ab"])(
	"an id of ours stays one, whatever account its groups may be: %s",
	(id) => {
		expect(strict.mask({ id }).value).toEqual({ id });
	},
);

test("an account beside an id is one", () => {
	const account = ["BE26", "b42635263467"].join("-");
	expect(JSON.stringify(strict.mask(`01a21526-e400-744a-be26-000000000000: ${account}`).value)).not.toContain(
		account,
	);
});
