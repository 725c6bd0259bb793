package kith.terminal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Which package may know which.
@AnalyzeClasses(packages = "kith.terminal", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule THE_CLIENT_KNOWS_NO_NODE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "kith.node..", "scala..");

  @ArchTest
  static final ArchRule JSON_IS_SPOKEN_THROUGH_THE_PROTOCOL =
      noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule THE_NET_KNOWS_NO_FACE =
      classes()
          .that()
          .resideInAPackage("kith.terminal.net")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "kith.terminal.net",
              "kith.protocol..",
              "java..",
              "javax.net.ssl..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule A_PROFILE_KNOWS_ONLY_THE_NET =
      noClasses()
          .that()
          .resideInAPackage("kith.terminal.profile")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.terminal.plain", "kith.terminal.command", "picocli..");

  @ArchTest
  static final ArchRule THE_LINE_MODE_KNOWS_NO_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("kith.terminal.plain")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.terminal.command", "picocli..");

  @ArchTest
  static final ArchRule SCREENS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "kith.terminal.model",
              "kith.terminal.layout",
              "kith.terminal.keys",
              "kith.terminal.update",
              "kith.terminal.view")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.concurrent..",
              "java.nio.file..",
              "java.net.http..",
              "kith.terminal.profile",
              "kith.terminal.runtime",
              "kith.terminal.command",
              "com.typesafe..",
              "com.googlecode.lanterna.terminal..",
              "com.googlecode.lanterna.screen..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock");

  @ArchTest
  static final ArchRule AN_UPDATE_KNOWS_NO_CANVAS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "kith.terminal.config",
              "kith.terminal.keys",
              "kith.terminal.model",
              "kith.terminal.layout",
              "kith.terminal.update")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.terminal.view", "com.googlecode.lanterna..");

  @ArchTest
  static final ArchRule DECISIONS_KNOW_NO_CLOCK_NO_THREAD_AND_NO_FILE =
      noClasses()
          .that()
          .haveSimpleName("SessionUpdate")
          .or()
          .haveSimpleName("OpenRooms")
          .or()
          .haveSimpleName("Posts")
          .or()
          .haveSimpleName("HistoryQueries")
          .or()
          .haveSimpleName("SessionDraft")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.concurrent..", "java.nio.file..", "java.net.http..");
}
