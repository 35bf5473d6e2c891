import SystemPackage
package struct ZipArchive { package init(file: FilePath) throws {}
 package func extract(to: FilePath) throws {} }
