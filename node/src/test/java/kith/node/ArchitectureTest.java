package kith.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.platform.serialization.CborSerializable;

/// Which package may know which: the arrows point inwards.
@AnalyzeClasses(packages = "kith", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "kith.node.";
  private static final Set<String> PLATFORM =
      Set.of("platform.config", "platform.database", "platform.metrics", "platform.serialization");
  private static final Set<String> CORE =
      Set.of("core.account", "core.relay", "core.room", "core.session");

  /// The packages that every feature may use. The table has the features that need another feature.
  private static final Set<String> FEATURE =
      with(
          CORE,
          with(
              PLATFORM, "platform.cluster", "audit", "auth", "feature", "gateway.http", "privacy"));

  /// Every arrow that is allowed between packages. A package that is not listed may know none.
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("platform.config", Set.of()),
          entry("platform.metrics", Set.of()),
          entry("platform.serialization", Set.of()),
          entry("platform.objects", Set.of("platform.config")),
          entry("platform.tls", Set.of("platform.config", "platform.database")),
          entry("platform.database", Set.of("platform.config")),
          entry("platform.journal", Set.of("platform.config", "platform.database")),
          entry(
              "platform.cluster",
              Set.of("platform.config", "platform.database", "platform.serialization")),
          entry("privacy", Set.of("platform.database", "platform.serialization")),
          entry("archive", Set.of("core.room", "platform.metrics", "platform.objects")),
          entry("audit", with(PLATFORM, "platform.cluster")),
          entry("core.room", with(PLATFORM, "platform.cluster", "privacy")),
          entry(
              "auth",
              Set.of("core.room", "platform.config", "platform.database", "platform.metrics")),
          entry("core.relay", with(PLATFORM, "core.room")),
          entry("core.account", with(PLATFORM, "auth", "core.room", "platform.cluster", "privacy")),
          entry(
              "core.session",
              with(PLATFORM, "auth", "core.account", "core.relay", "core.room", "privacy")),
          entry("gateway.socket", Set.of("core.relay", "core.session", "platform.config")),
          entry(
              "gateway.http",
              with(
                  PLATFORM,
                  "audit",
                  "auth",
                  "core.account",
                  "core.room",
                  "core.session",
                  "gateway.socket",
                  "platform.cluster",
                  "platform.objects",
                  "platform.tls",
                  "privacy")),
          entry("feature", with(CORE, "gateway.http", "platform.cluster", "platform.config")),
          entry("feature.administration", FEATURE),
          entry("feature.approval", with(FEATURE, "feature.moderation")),
          entry("feature.courier", FEATURE),
          entry("feature.hooks", with(FEATURE, "feature.courier")),
          entry(
              "feature.push",
              with(FEATURE, "feature.courier", "feature.mentions", "feature.reminders")),
          entry("feature.directory", FEATURE),
          entry("feature.files", with(FEATURE, "platform.objects")),
          entry("feature.inbound", FEATURE),
          entry("feature.identity", FEATURE),
          entry("feature.lobby", FEATURE),
          entry("feature.mentions", FEATURE),
          entry("feature.moderation", FEATURE),
          entry("feature.conversations", FEATURE),
          entry("feature.contacts", FEATURE),
          entry("feature.bots", FEATURE),
          entry("feature.bookmarks", FEATURE),
          entry("feature.slash", with(FEATURE, "feature.courier")),
          entry("feature.presence", FEATURE),
          entry("feature.reactions", FEATURE),
          entry("feature.pins", FEATURE),
          entry("feature.secondfactor", FEATURE),
          entry("feature.search", with(FEATURE, "feature.conversations")),
          entry("feature.threads", FEATURE),
          entry("feature.reminders", FEATURE),
          entry("feature.typing", with(FEATURE, "feature.presence")),
          entry(
              "feature.inbox",
              with(FEATURE, "feature.conversations", "feature.mentions", "feature.presence")),
          entry("feature.receipts", with(FEATURE, "feature.inbox", "feature.presence")));

  @ArchTest
  static final ArchRule packagesKnowOnlyThoseInTheTable =
      classes().that().resideInAPackage("kith.node.*..").should(new DependOnlyAlongTheArrows());

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theCoreKnowsNoFeature =
      noClasses()
          .that()
          .resideInAnyPackage(
              "kith.node.core..",
              "kith.node.privacy..",
              "kith.node.auth..",
              "kith.node.gateway..",
              "kith.node.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("kith.node.feature..");

  @ArchTest
  static final ArchRule onlyMetricsKnowTheirLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("kith.node.platform.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.prometheus..");

  @ArchTest
  static final ArchRule theProtocolIsForClientsToo =
      noClasses()
          .that()
          .resideInAPackage("kith.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "kith.node..");

  @ArchTest
  static final ArchRule whatIsKeptOrTravelsIsARecordOrAnEnum =
      classes()
          .that()
          .implement(CborSerializable.class)
          .and()
          .areNotInterfaces()
          .should(new BeARecordOrAnEnum());

  private static final class BeARecordOrAnEnum extends ArchCondition<JavaClass> {
    BeARecordOrAnEnum() {
      super("be a record or an enum");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      var isFine = type.isRecord() || type.isEnum();
      events.add(new SimpleConditionEvent(type, isFine, type.getName()));
    }
  }

  private static Set<String> with(Set<String> some, String... more) {
    return with(some, Set.of(more));
  }

  private static Set<String> with(Set<String> some, Set<String> more) {
    return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> packageOf(JavaClass type) {
    var name = type.getPackageName();
    return name.startsWith(ROOT) ? Optional.of(name.substring(ROOT.length())) : Optional.empty();
  }

  private static final class DependOnlyAlongTheArrows extends ArchCondition<JavaClass> {
    DependOnlyAlongTheArrows() {
      super("depend only on the packages that the table allows");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      var from = packageOf(type).orElseThrow();
      var allowed = ARROWS.getOrDefault(from, Set.of());
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        var to = packageOf(dependency.getTargetClass());
        if (to.isEmpty() || to.get().equals(from) || allowed.contains(to.get())) continue;
        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
      }
    }
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return packageOf(type).map(SliceIdentifier::of).orElseGet(SliceIdentifier::ignore);
    }

    @Override
    public String getDescription() {
      return "packages of the node";
    }
  }
}
