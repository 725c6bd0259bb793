/// The searchable list of public rooms and the uniqueness of their names.
@NullMarked
package kith.node.feature.directory;

import org.jspecify.annotations.NullMarked;
