package kith.terminal.layout;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The marks of keywords, comments and strings in the code of a language.
///
/// @param comments the marks of comments that reach the end of the line
/// @param blocks begin and end of comments over several lines, or empty
/// @param quotes the characters around strings, which end with their line
/// @param longQuotes the marks around strings over several lines
/// @param hasCase keywords are in lower case only
record Language(
    Set<String> keywords,
    List<String> comments,
    List<String> blocks,
    String quotes,
    List<String> longQuotes,
    boolean hasCase) {
  private static final List<String> SLASHES = List.of("//");
  private static final List<String> HASH = List.of("#");
  private static final List<String> STARS = List.of("/*", "*/");
  private static final List<String> NONE = List.of();
  private static final Language UNKNOWN = new Language(Set.of(), NONE, NONE, "", NONE, true);
  private static final Map<String, Language> BY_NAME = new HashMap<>();

  static {
    add(
        "java",
        curly(
            "abstract assert boolean break byte case catch char class continue default do double"
                + " else enum extends false final finally float for if implements import"
                + " instanceof int interface long native new null package permits private"
                + " protected public record return sealed short static super switch synchronized"
                + " this throw throws transient true try var void volatile when while yield",
            "\"'",
            "\"\"\""));
    add(
        "kotlin kt kts scala groovy gradle",
        curly(
            "abstract as by case catch class companion const constructor continue data def do else"
                + " enum extends false final finally for fun given if implicit import in interface"
                + " internal is lateinit lazy match new null object open operator override package"
                + " private protected public return sealed super suspend this throw trait true try"
                + " type val var when while with yield",
            "\"'",
            "\"\"\""));
    add(
        "c h cpp cc cxx hpp c++ objc arduino",
        curly(
            "alignas alignof auto bool break case catch char class const constexpr continue"
                + " decltype default delete do double else enum explicit extern false float for"
                + " friend goto if inline int long namespace new noexcept nullptr operator private"
                + " protected public register return short signed sizeof static static_cast struct"
                + " switch template this throw true try typedef typename union unsigned using"
                + " virtual void volatile while #include #define #ifdef #ifndef #if #else #endif",
            "\"'"));
    add(
        "csharp cs c#",
        curly(
            "abstract as async await base bool break byte case catch char class const continue"
                + " decimal default delegate do double else enum event explicit extern false"
                + " finally float for foreach get goto if in init int interface internal is lock"
                + " long namespace new null object operator out override params private protected"
                + " public readonly record ref return sealed set short static string struct switch"
                + " this throw true try typeof uint using var virtual void where while yield",
            "\"'"));
    add(
        "go golang",
        curly(
            "break case chan const continue default defer else fallthrough false for func go goto"
                + " if import interface map nil package range return select struct switch true"
                + " type var bool byte error int int64 string uint64 any",
            "\"'",
            "`"));
    add(
        "rust rs",
        curly(
            "as async await break const continue crate dyn else enum extern false fn for if impl in"
                + " let loop match mod move mut pub ref return self Self static struct super trait"
                + " true type unsafe use where while bool i32 i64 str u8 u32 u64 usize",
            // an apostrophe begins a lifetime, too
            "\""));
    add(
        "swift",
        curly(
            "actor as async await break case catch class continue default defer do else enum"
                + " extension false for func guard if import in init inout internal is let nil open"
                + " private protocol public return self static struct super switch throw throws"
                + " true try var where while",
            "\"",
            "\"\"\""));
    add(
        "javascript js jsx mjs typescript ts tsx node",
        curly(
            "abstract any as async await boolean break case catch class const continue debugger"
                + " declare default delete do else enum export extends false finally for from"
                + " function get if implements import in instanceof interface keyof let new null"
                + " number of private protected public readonly return set static string super"
                + " switch this throw true try type typeof undefined var void while yield",
            "\"'",
            "`"));
    add("json jsonc json5", curly("false null true", "\""));
    add(
        "css scss less",
        new Language(Set.of("important", "media", "import"), NONE, STARS, "\"'", NONE, true));
    add(
        "php",
        new Language(
            words(
                "abstract array as break case catch class const continue declare default do echo"
                    + " else elseif extends false final finally fn for foreach function global if"
                    + " implements include instanceof interface match namespace new null private"
                    + " protected public require return static switch this throw trait true try"
                    + " use var while yield"),
            List.of("//", "#"),
            STARS,
            "\"'",
            NONE,
            true));
    add(
        "python py python3",
        hashed(
            "False None True and as assert async await break case class continue def del elif else"
                + " except finally for from global if import in is lambda match nonlocal not or"
                + " pass raise return self try while with yield",
            "\"\"\"",
            "'''"));
    add(
        "ruby rb",
        hashed(
            "alias and begin break case class def do else elsif end ensure false for if in module"
                + " next nil not or redo require rescue retry return self super then true undef"
                + " unless until when while yield"));
    add(
        "bash sh shell zsh fish console",
        hashed(
            "alias break case cd continue declare do done echo elif else esac eval exec exit export"
                + " fi for function if in local read readonly return set shift source then trap"
                + " unset until while"));
    add(
        "perl pl",
        hashed(
            "die else elsif for foreach if last local my next our package print return sub undef"
                + " unless until use while"));
    add("yaml yml", hashed("false no null on off true yes"));
    add("toml hocon", hashed("false true", "\"\"\""));
    add("conf properties env make makefile nginx", hashed("false include off on true"));
    add(
        "dockerfile docker",
        hashed(
            "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL STOPSIGNAL"
                + " USER VOLUME WORKDIR AS"));
    add("ini", new Language(Set.of(), List.of(";", "#"), NONE, "\"", NONE, true));
    add(
        "sql postgresql pgsql psql mysql sqlite plpgsql",
        new Language(
            words(
                "add all alter and any as asc begin between by cascade case cast check column commit"
                    + " constraint create cross database default delete desc distinct drop else end"
                    + " exists explain false first for foreign from full function grant group having"
                    + " if in index inner insert into is join key language lateral left like limit"
                    + " not null offset on or order outer over partition primary references"
                    + " returning returns right rollback row rows select set table then to"
                    + " transaction true truncate union unique update using values view when where"
                    + " with"),
            List.of("--"),
            STARS,
            "'",
            NONE,
            false));
    add(
        "lua",
        new Language(
            words(
                "and break do else elseif end false for function goto if in local nil not or repeat"
                    + " return then true until while"),
            List.of("--"),
            List.of("--[[", "]]"),
            "\"'",
            NONE,
            true));
    add(
        "haskell hs elm",
        new Language(
            words(
                "case class data deriving do else if import in infix instance let module newtype of"
                    + " then type where"),
            List.of("--"),
            List.of("{-", "-}"),
            "\"",
            NONE,
            true));
    add(
        "html xml svg vue markdown md",
        new Language(Set.of(), NONE, List.of("<!--", "-->"), "\"", NONE, true));
  }

  private static void add(String names, Language language) {
    for (var name : names.split(" ", -1)) BY_NAME.put(name, language);
  }

  private static Language curly(String keywords, String quotes, String... longQuotes) {
    return new Language(words(keywords), SLASHES, STARS, quotes, List.of(longQuotes), true);
  }

  private static Language hashed(String keywords, String... longQuotes) {
    return new Language(words(keywords), HASH, NONE, "\"'", List.of(longQuotes), true);
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }

  /// @param label the text after the fence of a code block, such as `java`
  static Language of(String label) {
    return BY_NAME.getOrDefault(name(label), UNKNOWN);
  }

  static boolean isKnown(String label) {
    return BY_NAME.containsKey(name(label)) || isDiff(label);
  }

  static boolean isDiff(String label) {
    return Set.of("diff", "patch").contains(name(label));
  }

  private static String name(String label) {
    return label.strip().split("[\\s,{:]", 2)[0].toLowerCase(Locale.ROOT);
  }

  boolean isKeyword(String word) {
    return keywords.contains(hasCase ? word : word.toLowerCase(Locale.ROOT));
  }
}
