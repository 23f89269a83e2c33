package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.code.Mark.Where;
import dev.slipway.policy.Finding.Severity;
import java.util.List;

/** Marks of code that hold for many languages, and of those of which no tree is made. */
final class ScriptMarks {
  private static final String SECRET_NAME =
      "(?i:token|secret|passw|passcode|one_?time|\\botp|nonce|session_?id|api_?key|reset_?code|verification_?code|csrf)";

  private static final String WEAK_RANDOM =
      "(?:\\bMath\\.random\\(|(?<![\\w.])random\\.(?:random|randint|choices?|randrange|getrandbits|sample)\\(|\\bmt_rand\\(|(?<![\\w.:>])rand\\(|\\buniqid\\(|\\bnew\\s+Random\\(|\\brand\\.(?:Int|Intn|Int63|Int31n|Uint32|N|Perm)\\(|\\bRandom\\.(?:Shared\\.)?(?:rand|nextInt|nextLong|Next)\\()";

  static final List<Mark> ALL =
      List.of(
          Mark.of(
              Where.SCRIPT,
              "weak-crypto",
              Severity.HIGH,
              "an algorithm or key that no longer protects",
              "ecb des tripledes rc2 rc4 mcrypt bf- cipher",
              "\\bCipherMode\\.ECB\\b|\\b(?:DES|TripleDES|RC2)\\.Create\\(|\\bnew\\s+(?:DES|RC2|TripleDES)CryptoServiceProvider|\\bdes\\.New(?:TripleDES)?Cipher\\(|\\brc4\\.NewCipher\\(|\\bmcrypt_\\w{3,20}\\(|['\"](?i:aes-(?:128|192|256)-ecb|des-\\w{3,8}|des|rc4|bf-\\w{3,6})['\"]\\s*[,)]|\\bCipher\\.getInstance\\(\\s*\"(?:DES\\w*|RC4|Blowfish|AES|AES/ECB[^\"]{0,40})[\"/]"),
          Mark.of(
              Where.SCRIPT,
              "weak-crypto",
              Severity.HIGH,
              "a secret is kept by a digest that no longer protects",
              "md5 sha1 sha-1",
              "(?i)(?:(?<![\\w$>])(?:md5|sha1)\\s?\\(|Digest::(?:MD5|SHA1)\\b|(?:MD5|SHA1)\\.(?:Create|HashData)\\(|(?:md5|sha1)\\.(?:Sum|New)\\(|getInstance\\(\\s*\"(?:MD5|SHA-?1)\"\\))[^;\\n]{0,80}\\b(?:\\$|@)?\\w{0,20}pass(?:word|wd|phrase)?\\b|\\b\\w{0,20}pass(?:word|wd|phrase)\\w{0,10}\\s*:?=[^=;\\n][^;\\n]{0,60}(?:(?<![\\w$>])(?:md5|sha1)\\s?\\(|Digest::(?:MD5|SHA1)|(?:MD5|SHA1)\\.(?:Create|HashData)|(?:md5|sha1)\\.(?:Sum|New))"),
          Mark.of(
              Where.SCRIPT,
              "weak-random",
              Severity.HIGH,
              "a secret is made from predictable numbers",
              "rand uniqid",
              "\\b\\w{0,30}"
                  + SECRET_NAME
                  + "\\w{0,20}\\b[^=;\\n]{0,30}(?::=|=)(?!=)[^=;\\n]{0,80}"
                  + WEAK_RANDOM),
          Mark.of(
                  Where.CODE,
                  "weak-random",
                  Severity.HIGH,
                  "a secret is made from predictable numbers",
                  "rand uniqid",
                  "(?:\\breturn\\b|=>|\\s=\\s|<<|\\+=|\\.append\\()[^;\\n]{0,120}" + WEAK_RANDOM)
              .near(
                  "(?m)(?:\\bfunction\\b|\\bdef\\b|\\bfunc\\b|\\bfun\\b|\\bfn\\b|\\bpublic\\b|\\bprivate\\b|\\bstatic\\b|\\bconst\\b|^\\s*String\\b)[^(\\n=]{0,80}"
                      + SECRET_NAME
                      + "\\w{0,20}\\s*(?:[(=<]|$)|\\b(?:class|object|module|struct)\\s+\\w{0,30}"
                      + SECRET_NAME),
          Mark.of(
              Where.CODE,
              "authorization",
              Severity.HIGH,
              "a password is compared with a text that stands in the code",
              "passw pwd passphrase",
              "(?i)\\b\\w{0,20}(?:password|passwd|pwd|passphrase)(?:\\.(?:trim|strip|toString|value)\\(?\\)?)?\\s*(?:===?|\\.equals(?:IgnoreCase)?\\(|\\.endsWith\\(|\\.startsWith\\(|\\.end_with\\?\\(|\\.endswith\\(|\\.contentEquals\\(|\\.Equals\\()\\s*[\"'](?!password|passwd|text|null|undefined|none|string|hidden|true|false)[^\"'\\s<>]{4,60}[\"']"
                  + "|[\"'][^\"'\\s<>]{4,60}[\"'](?:\\s*===?\\s*|\\.equals(?:IgnoreCase)?\\(\\s*)(?:\\w{1,20}\\.){0,3}(?:get)?(?i:password|passwd|pwd|passphrase)\\b(?!\\w*(?:Field|Type|Input))"
                  + "|\\bHasSuffix\\(\\s*(?:\\w{1,20}\\.)?(?:password|passwd|pwd)\\s*,\\s*\""),
          Mark.of(
                  Where.CODE,
                  "authorization",
                  Severity.HIGH,
                  "a header that anybody can send opens what was protected",
                  "x- x_",
                  "(?i)(?:headers?|getHeader|Header\\.Get|header|get|_SERVER)\\W{1,3}[\"'](?:x[-_]|HTTP_X_)(?!requested|forwarded|github|gitlab|hub|shopify|amz|request-id|http-method|real|original|accel|frame|content|api-version|client-version|locale)[\\w-]{2,40}[\"']\\W{0,3}\\s*(?:===?|\\.equals\\()\\s*[\"'][^\"'\\s]{3,60}[\"']")
              .near(
                  "(?i)\\bnext\\(\\)|\\breturn true\\b|\\bis_?admin\\s*=|\\brole\\s*=|\\bbypass|\\bskip"),
          Mark.of(
              Where.SCRIPT,
              "mass-assignment",
              Severity.HIGH,
              "whoever asks may set every field",
              "permit! forcefill",
              "\\.permit!|\\bforceFill\\(\\s*\\$request->all\\(\\)"),
          Mark.of(
              Where.SCRIPT,
              "deserialization",
              Severity.HIGH,
              "whatever objects the data names are made",
              "typename",
              "\\bTypeNameHandling\\s*=\\s*(?:\\w+\\.)*TypeNameHandling\\.(?:All|Auto|Objects|Arrays)\\b|\\bTypeNameHandling\\.(?:All|Objects)\\b"),
          Mark.of(
              Where.SCRIPT,
              "markup-injection",
              Severity.HIGH,
              "values become markup unescaped",
              "raw html_safe",
              "<%=\\s*raw\\s+(?!t\\b|t\\(|I18n|render|yield)|\\bparams\\[[^\\]]{1,40}\\]\\.html_safe|[#\"']\\{?[^}]{1,60}\\}[^\"']{0,80}[\"']\\.html_safe\\b"),
          Mark.of(
              Where.SCRIPT,
              "code-injection",
              Severity.HIGH,
              "a request names the class or method that is used",
              "constantize send",
              "\\bparams(?:\\[[^\\]]{1,40}\\]|\\.\\w{1,20})[\\w.&()\"']{0,60}\\.(?:safe_)?constantize\\b|\\.(?:public_)?send[ (]\\s*params\\b"),
          Mark.of(
              Where.CODE,
              "tls-disabled",
              Severity.HIGH,
              "old protocols that no longer protect are spoken",
              "tls ssl",
              "\\btls\\.Version(?:TLS1[01]|SSL30)\\b|\\bSslProtocols\\.(?:Tls|Tls11|Ssl[23]|Default)\\b|\\bSecurityProtocolType\\.(?:Ssl3|Tls|Tls11)\\b|\\bTLSVersion\\.(?:TLSv1|TLSv1_1|SSLv3)\\b|\\b(?:minVersion|secureProtocol)\\s*:\\s*['\"](?:TLSv1(?:\\.1)?|SSLv3_method|TLSv1_method)['\"]|\\bssl_version\\s*=\\s*:(?:SSLv3|TLSv1)\\b"),
          Mark.of(
              Where.CODE,
              "unbounded-copy",
              Severity.HIGH,
              "a copy that does not ask how much room there is",
              "gets(",
              "(?<![\\w.>:$])gets\\(\\s*\\w+\\s*\\)\\s*;"));

  private ScriptMarks() {}
}
