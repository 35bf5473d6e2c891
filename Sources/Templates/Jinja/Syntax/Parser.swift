/// Reads a template's tokens into statements and expressions.
package struct Parser {
}
