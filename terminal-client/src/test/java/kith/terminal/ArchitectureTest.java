package kith.terminal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The allowed dependencies between packages.
@AnalyzeClasses(packages = "kith.terminal", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule THE_CLIENT_DOES_NOT_DEPEND_ON_THE_NODE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "kith.node..", "scala..");

  @ArchTest
  static final ArchRule ONLY_THE_PROTOCOL_USES_JACKSON =
      noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule NET_DEPENDS_ON_NO_OTHER_PACKAGE =
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
  static final ArchRule PROFILE_DEPENDS_ON_NO_USER_INTERFACE =
      noClasses()
          .that()
          .resideInAPackage("kith.terminal.profile")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.terminal.plain", "kith.terminal.command", "picocli..");

  @ArchTest
  static final ArchRule LINE_MODE_DOES_NOT_DEPEND_ON_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAPackage("kith.terminal.plain")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.terminal.command", "picocli..");

  /// Raw JSON of the protocol can contain characters that control a terminal.
  @ArchTest
  static final ArchRule COMMANDS_PRINT_JSON_THROUGH_JSON_LINE =
      noClasses()
          .that()
          .resideInAPackage("kith.terminal.command")
          .and()
          .haveSimpleNameEndingWith("Command")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("kith.protocol.json.Json");

  @ArchTest
  static final ArchRule SCREENS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "kith.terminal.model",
              "kith.terminal.layout",
              "kith.terminal.keys",
              "kith.terminal.update",
              "kith.terminal.view",
              "kith.terminal.window")
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
  static final ArchRule UPDATES_DO_NOT_DEPEND_ON_VIEWS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "kith.terminal.config",
              "kith.terminal.keys",
              "kith.terminal.model",
              "kith.terminal.layout",
              "kith.terminal.update",
              "kith.terminal.window")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kith.terminal.view", "com.googlecode.lanterna..");

  @ArchTest
  static final ArchRule SESSION_UPDATES_ARE_PURE =
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
